package dev.bag.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** A proxy as what handles its calls. */
final class ProxyForm extends Serializer<Object> {

    @Override
    public void write(Kryo kryo, Output output, Object proxy) {
        ObjectGraphs.of(kryo).writeWhole(output, Proxy.getInvocationHandler(proxy));
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        InvocationHandler handler = (InvocationHandler) ObjectGraphs.of(kryo).readWhole(input)[0];
        return Proxy.newProxyInstance(type.getClassLoader(), type.getInterfaces(), handler);
    }
}
