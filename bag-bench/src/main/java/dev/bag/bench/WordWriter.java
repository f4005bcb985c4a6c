package dev.bag.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Text of sentences, one a line, of 200,000 words, of which the n-th occurs about 1/n times as often as the first. The
 * first word of a sentence is written with a capital, the last one with a full stop, some with a comma, so that there are
 * about 870,000 different ones in 500 MB.
 */
final class WordWriter {

    private static final long SEED = 20240607;
    private static final String SYLLABLES =
            "ba be bi bo bu ca ce co da de di do du en er es fa fe fi fo ga ge go ha he hi "
                    + "ho in is ja ka ke ki la le li lo lu ma me mi mo mu na ne ni no nu on or pa pe pi po ra re ri ro ru sa se si "
                    + "so su ta te ti to tu un ur va ve vi wa we wi ya za st tr ing ed ly ness ment tion";
    private static final String FREQUENT =
            "the of and to in a is that it was for on are as with his they at be this from "
                    + "have or by one had not but what all were when we there can an your which their said if do will each about "
                    + "how up out them then she many some so these would other into has more her two like him see time could no "
                    + "make than first been its who now people my made over did down only way find use may water long little";

    private static final byte[][] WORDS = words(200_000);

    private final SplittableRandom random;
    private byte[] text = {};
    private int end;

    WordWriter(int part) {
        this.random = new SplittableRandom(SEED * 41 + part);
    }

    /** Whole sentences, the last of which ends at or behind {@code byteCount}. */
    byte[] text(int byteCount) {
        text = new byte[byteCount + 4096];
        end = 0;
        while (end < byteCount) {
            writeSentence();
        }
        return Arrays.copyOf(text, end);
    }

    private void writeSentence() {
        int start = end;
        for (int left = 6 + random.nextInt(14); left > 0; left--) {
            byte[] word = WORDS[Skewed.next(random, WORDS.length)];
            System.arraycopy(word, 0, text, end, word.length);
            end += word.length;
            if (left > 1 && random.nextInt(12) == 0) text[end++] = ',';
            text[end++] = ' ';
        }
        text[start] = (byte) Character.toUpperCase(text[start]);
        text[end - 1] = '.';
        text[end++] = '\n';
    }

    private static byte[][] words(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        String[] syllables = SYLLABLES.split(" ");
        Set<String> words = new LinkedHashSet<>(Arrays.asList(FREQUENT.split(" ")));
        while (words.size() < count) {
            StringBuilder word = new StringBuilder();
            for (int left = 2 + random.nextInt(words.size() < 3000 ? 2 : 4); left > 0; left--) {
                word.append(syllables[random.nextInt(syllables.length)]);
            }
            words.add(word.toString());
        }
        return words.stream()
                .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }
}
