package dev.bag.bench.spark;

import dev.bag.Bag;
import dev.bag.Delayed;
import dev.bag.Results;
import dev.bag.Runner;
import dev.bag.io.TextFiles;
import dev.bag.spark.SparkRunner;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Tuple2;

/**
 * The same work on Spark, with bag and with RDDs: {@code OnSpark WORK bag|rdd ARGUMENTS}. Says how many seconds it has taken
 * without the start of Spark. The master is the system property {@code master}, {@code local[2]} if there is none.
 */
public final class OnSpark {

    private OnSpark() {}

    public static void main(String... arguments) {
        SparkConf conf = new SparkConf()
                .setAppName("bench")
                .setMaster(System.getProperty("master", "local[2]"))
                .set("spark.ui.enabled", "false");
        try (JavaSparkContext context = new JavaSparkContext(conf);
                Runner runner = SparkRunner.on(context)) {
            context.setLogLevel("ERROR");
            LongAdder shuffled = shuffledBytes(context);
            String[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
            long start = System.nanoTime();
            String result = arguments[1].equals("bag")
                    ? byBag(arguments[0], runner, rest)
                    : byRdd(arguments[0], context, rest);
            System.out.println("RESULT " + result);
            System.out.printf(Locale.ROOT, "SECONDS %.3f%n", (System.nanoTime() - start) / 1e9);
            context.close(); // then all has been told
            System.out.println("SHUFFLED " + shuffled + " bytes");
        }
    }

    /** Counts the bytes that shuffles write. */
    private static LongAdder shuffledBytes(JavaSparkContext context) {
        LongAdder bytes = new LongAdder();
        context.sc().addSparkListener(new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd task) {
                bytes.add(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
            }
        });
        return bytes;
    }

    private static String byBag(String work, Runner runner, String... rest) {
        return switch (work) {
            case "status" -> new TreeMap<>(TextFiles.read(rest)
                            .countBy(line -> line.split(" ")[8])
                            .toMap()
                            .compute(runner))
                    .toString();
            case "words" -> texts(TextFiles.read(rest)
                    .flatMap(line -> Arrays.asList(line.split(" ")))
                    .frequencies()
                    .topByValue(20)
                    .compute(runner)
                    .stream()
                    .map(entry -> new Tuple2<>(entry.first(), entry.second()))
                    .toList());
            case "groups" -> texts(TextFiles.read(rest)
                    .groupBy(OnSpark::client)
                    .mapValues(OnSpark::characters)
                    .topByValue(10)
                    .compute(runner)
                    .stream()
                    .map(entry -> new Tuple2<>(entry.first(), entry.second()))
                    .toList());
            case "join" -> joined(runner, rest[0], Arrays.copyOfRange(rest, 1, rest.length));
            case "tasks" -> {
                int count = Integer.parseInt(rest[0]);
                yield Bag.range(0, count, count).sumLong(x -> x).compute(runner) + "";
            }
            default -> throw new IllegalArgumentException(work);
        };
    }

    private static String joined(Runner runner, String table, String... logs) {
        var names = TextFiles.read(table).keyBy(row -> row.substring(0, row.indexOf('\t'))).mapValues(OnSpark::name);
        var joined = TextFiles.read(logs).keyBy(OnSpark::client).join(names);
        Delayed<Long> count = joined.entries().count();
        Delayed<Long> sum = joined.values().sumLong(pair -> (long) pair.first().length() * pair.second().hashCode());
        Results results = Delayed.computeAll(runner, count, sum);
        return results.get(count) + " lines, " + results.get(sum);
    }

    private static String byRdd(String work, JavaSparkContext context, String... rest) {
        return switch (work) {
            case "status" -> new TreeMap<>(context.textFile(String.join(",", rest))
                            .map(line -> line.split(" ")[8])
                            .countByValue())
                    .toString();
            case "words" -> texts(context.textFile(String.join(",", rest))
                    .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                    .mapToPair(word -> new Tuple2<>(word, 1L))
                    .reduceByKey(Long::sum)
                    .top(20, new ByCount()));
            case "groups" -> texts(context.textFile(String.join(",", rest))
                    .mapToPair(line -> new Tuple2<>(client(line), line))
                    .groupByKey(32)
                    .mapValues(OnSpark::characters)
                    .top(10, new ByCount()));
            case "join" -> {
                JavaPairRDD<String, String> names = context.textFile(rest[0])
                        .mapToPair(row -> new Tuple2<>(row.substring(0, row.indexOf('\t')), name(row)));
                Tuple2<Long, Long> sum = context.textFile(
                                String.join(",", Arrays.copyOfRange(rest, 1, rest.length)))
                        .mapToPair(line -> new Tuple2<>(client(line), line))
                        .join(names)
                        .values()
                        .map(pair -> new Tuple2<>(1L, (long) pair._1.length() * pair._2.hashCode()))
                        .reduce((left, right) -> new Tuple2<>(left._1 + right._1, left._2 + right._2));
                yield sum._1 + " lines, " + sum._2;
            }
            case "tasks" -> {
                int count = Integer.parseInt(rest[0]);
                List<Integer> numbers = IntStream.range(0, count).boxed().toList();
                yield context.parallelize(numbers, count).map(x -> (long) x).reduce(Long::sum) + "";
            }
            default -> throw new IllegalArgumentException(work);
        };
    }

    private static String client(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private static String name(String row) {
        return row.substring(row.indexOf('\t') + 1);
    }

    private static long characters(Iterable<String> lines) {
        long count = 0;
        for (String line : lines) {
            count += line.length();
        }
        return count;
    }

    private static String texts(List<Tuple2<String, Long>> counts) {
        return counts.stream().map(count -> count._1 + "=" + count._2).collect(Collectors.joining(";"));
    }

    /** Of equal counts the first key is the greatest. */
    private static final class ByCount implements Comparator<Tuple2<String, Long>>, Serializable {

        private static final long serialVersionUID = 1;

        @Override
        public int compare(Tuple2<String, Long> left, Tuple2<String, Long> right) {
            int byCount = Long.compare(left._2, right._2);
            return byCount != 0 ? byCount : right._1.compareTo(left._1);
        }
    }
}
