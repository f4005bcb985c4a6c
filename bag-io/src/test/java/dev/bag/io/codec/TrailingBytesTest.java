package dev.bag.io.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bag.io.file.ByteInput;
import dev.bag.io.file.FileBytes;
import dev.bag.io.file.InputFile;
import dev.bag.source.SourceException;
import dev.bag.value.Location;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What follows the last member of a gzip file, when bytes that are not gzip are to be passed over. */
@Tag("P8")
class TrailingBytesTest {

    private static final Path PATH = Path.of("x.gz");
    private static final byte[] MEMBER = Decompressed.gzip("a\n".getBytes(UTF_8));
    private static final Limits PASS_OVER = new Limits(1000, 1 << 20, false, true);

    /** Around each of these lengths the bytes that were read end and others begin. */
    private static final int[] BORDERS = {64 << 10, 128 << 10};

    private final Random random = new Random(11);

    @Test
    void passesOverGarbageAndSaysHowMuch() throws Exception {
        for (int length : new int[] {1, 2, 3, 4, 5, 100, 65_000, 65_535, 65_536, 65_537, 200_000}) {
            for (int zeros : new int[] {0, 1, 700}) {
                byte[] garbage = garbage(length);
                for (boolean trickle : new boolean[] {false, true}) {
                    Seen seen = read(join(MEMBER, MEMBER, new byte[zeros], garbage), trickle);
                    assertThat(seen.text).isEqualTo("a\na\n");
                    assertThat(seen.passedOver)
                            .as("%s zeros, %s others", zeros, length)
                            .isEqualTo(length);
                }
            }
        }
    }

    @Test
    void doesNotCountZerosThatFillUpTheFile() throws Exception {
        for (int zeros : new int[] {0, 1, 512, 70_000}) {
            for (boolean trickle : new boolean[] {false, true}) {
                Seen seen = read(join(MEMBER, new byte[zeros]), trickle);
                assertThat(seen).isEqualTo(new Seen("a\n", 0));
            }
        }
    }

    @Test
    void refusesAMemberThatFollowsAtAnyDistance() throws Exception {
        for (int length = 1; length < 300; length++) {
            assertRefused(join(MEMBER, garbage(length)), MEMBER, length % 2 == 0);
        }
        for (int border : BORDERS) {
            for (int length = border - 2 * MEMBER.length - 8; length < border + 8; length++) {
                assertRefused(join(MEMBER, garbage(length)), MEMBER, false);
                assertRefused(join(MEMBER, new byte[length - 1], garbage(1)), MEMBER, false);
            }
        }
        assertRefused(join(MEMBER, garbage(65_520)), MEMBER, true);
    }

    @Test
    void refusesAMemberHoweverItsHeaderLooksAndWhateverItHolds() throws Exception {
        byte[] text = new byte[300_000];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ("abc \n".charAt(random.nextInt(5)) + random.nextInt(20));
        }
        for (byte[] content : new byte[][] {{}, {7}, Arrays.copyOf(text, 63), Arrays.copyOf(text, 65), text}) {
            byte[] plain = Decompressed.gzip(content);
            byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
            for (int flags = 0; flags < 0x20; flags++) {
                byte[] member = join(GzipInputTest.header(flags), body);
                assertRefused(join(MEMBER, garbage(50)), member, false);
            }
        }
    }

    @Test
    void refusesAMemberThatIsCutBehindItsSignature() throws Exception {
        byte[] member = join(GzipInputTest.header(0x1e), Arrays.copyOfRange(MEMBER, 10, MEMBER.length));
        for (int length = 2; length < member.length; length++) {
            assertRefused(join(MEMBER, garbage(50)), Arrays.copyOf(member, length), length % 2 == 0);
        }
    }

    @Test
    void refusesAMemberBehindWhatOnlyLooksLikeOne() throws Exception {
        byte[] otherMethod = {0x1f, (byte) 0x8b, 7, 0};
        byte[] reservedFlag = {0x1f, (byte) 0x8b, 8, (byte) 0x80};
        byte[] noBlock = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7};
        byte[] wrongChecksum = {0x1f, (byte) 0x8b, 8, 2, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
        byte[] lone = {0x1f};
        for (byte[] like : new byte[][] {otherMethod, reservedFlag, noBlock, wrongChecksum, lone}) {
            byte[] begin = join(MEMBER, garbage(10), like);
            assertThat(read(join(begin, garbage(30)), false)).isEqualTo(new Seen("a\n", 40 + like.length));
            assertRefused(begin, MEMBER, false);
            assertRefused(join(begin, garbage(30)), MEMBER, true);
        }
        byte[] many = garbage(40_000);
        for (int i = 0; i + noBlock.length < many.length; i += noBlock.length) {
            System.arraycopy(noBlock, 0, many, i, noBlock.length);
        }
        assertRefused(join(MEMBER, garbage(1), many), MEMBER, false);
    }

    @Test
    void tellsWhereTheMemberIsAndWhatToDo() {
        byte[] file = join(MEMBER, "more".getBytes(UTF_8), MEMBER);
        assertThatThrownBy(() -> read(file, false))
                .hasMessage(
                        "x.gz: another gzip member follows, at byte 26 of 48, behind bytes that are not gzip, from byte"
                                + " 22 on. Passing over them would lose it.\n"
                                + "  Cut the file in two: head -c 22 writes what stands before them, tail -c +27 the"
                                + " member and all after it.");
    }

    @Test
    void readsOnAfterTheErrorAsAtTheEnd() throws Exception {
        byte[] file = join(MEMBER, "more".getBytes(UTF_8), MEMBER);
        try (FileBytes bytes = open(Decompressed.channel(file))) {
            ByteInput input = Decompressed.AUTO.withLimits(PASS_OVER).open(bytes);
            byte[] buffer = new byte[10];
            assertThat(input.read(buffer, 0, 10)).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> input.read(buffer, 0, 10)).isInstanceOf(SourceException.class);
            }
            input.close();
        }
    }

    private void assertRefused(byte[] before, byte[] member, boolean trickle) {
        byte[] file = join(before, member);
        assertThatThrownBy(() -> read(file, trickle))
                .as("%s bytes before %s", before.length, member.length)
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e -> assertThat(e.location()).isEqualTo(Location.at("x.gz", before.length)))
                .hasMessageContaining("another gzip member follows");
    }

    private record Seen(String text, long passedOver) {}

    private static Seen read(byte[] file, boolean trickle) throws IOException {
        try (FileBytes bytes = open(trickle ? Decompressed.trickle(file) : Decompressed.channel(file))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[1000];
            try (ByteInput input = Decompressed.AUTO.withLimits(PASS_OVER).open(bytes)) {
                for (int n = input.read(buffer, 0, 1000); n >= 0; n = input.read(buffer, 0, 1000)) {
                    all.write(buffer, 0, n);
                }
            }
            return new Seen(all.toString(UTF_8), bytes.bytesPassedOver());
        }
    }

    private static FileBytes open(SeekableByteChannel channel) throws IOException {
        return new FileBytes(new InputFile(PATH, channel.size()), channel);
    }

    /** Anything but what a member begins with, and no zero at the beginning. */
    private byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] = bytes[i] == (byte) 0x8b || i == 0 ? (byte) 'x' : bytes[i];
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        return Decompressed.join(parts);
    }
}
