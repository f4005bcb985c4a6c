package dev.bag.spill;
import com.esotericsoftware.kryo.kryo5.*;
import com.esotericsoftware.kryo.kryo5.io.*;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.util.DefaultInstantiatorStrategy;
import dev.bag.value.Pair;
import java.util.*;
public final class Codecs {
    private final java.util.concurrent.ConcurrentLinkedQueue<Kryo> idle = new java.util.concurrent.ConcurrentLinkedQueue<>();
    Kryo borrow() { Kryo k = idle.poll(); if (k == null) { k = new Kryo(); k.setRegistrationRequired(false); k.setReferences(true); k.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy())); } return k; }
    void giveBack(Kryo k) { idle.add(k); }
    @SuppressWarnings("deprecation") void write(Output out, Object o) {
        if (o == null) out.writeByte(0);
        else if (o instanceof String s) { int n = s.length(); out.writeByte(1); out.writeVarInt(n, true);
            if (n == 0) return;
            byte[] latin = new byte[n]; s.getBytes(0, n, latin, 0);
            if (new String(latin, java.nio.charset.StandardCharsets.ISO_8859_1).equals(s)) { out.writeBytes(latin); }
            else { out.setPosition(out.position() - 1 - varLen(n)); out.writeByte(2); out.writeVarInt(n, true); for (int i = 0; i < n; i++) out.writeShort(s.charAt(i)); } }
        else if (o instanceof Integer i) { out.writeByte(3); out.writeVarInt(i, false); }
        else if (o instanceof Long l) { out.writeByte(4); out.writeVarLong(l, false); }
        else if (o instanceof Pair<?, ?> p) { out.writeByte(5); write(out, p.first()); write(out, p.second()); }
        else if (o.getClass() == long[].class) { long[] a = (long[]) o; out.writeByte(7); out.writeVarInt(a.length, true); for (long l : a) out.writeVarLong(l, false); }
        else { out.writeByte(6); Kryo k = borrow(); try { k.writeClassAndObject(out, o); } finally { giveBack(k); } }
    }
    private static int varLen(int n) { return n < 128 ? 1 : n < 1 << 14 ? 2 : n < 1 << 21 ? 3 : n < 1 << 28 ? 4 : 5; }
    Object read(Input in) {
        switch (in.readByte()) {
            case 0: return null;
            case 1: { int n = in.readVarInt(true); String s = new String(in.getBuffer(), in.position(), n, java.nio.charset.StandardCharsets.ISO_8859_1); in.setPosition(in.position() + n); return s; }
            case 2: { int n = in.readVarInt(true); char[] c = new char[n]; for (int i = 0; i < n; i++) c[i] = (char) in.readShort(); return new String(c); }
            case 3: return in.readVarInt(false);
            case 4: return in.readVarLong(false);
            case 5: return new Pair<>(read(in), read(in));
            case 7: { long[] a = new long[in.readVarInt(true)]; for (int i = 0; i < a.length; i++) a[i] = in.readVarLong(false); return a; }
            default: { Kryo k = borrow(); try { return k.readClassAndObject(in); } finally { giveBack(k); } }
        }
    }
}
