package dev.bag;

import static dev.bag.testing.Failing.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the calling thread is carried into tasks. */
class ContextTest {

    private static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();

    private static ContextCarrier user() {
        return () -> {
            String name = USER.get();
            return () -> {
                assertThat(USER.get()).isNull();
                USER.set(name);
                return USER::remove;
            };
        };
    }

    private static Bag<Integer> numbers() {
        return Bag.from(IntStream.range(0, 40).boxed().toList(), 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void eachTaskHasTheContextOfTheThreadThatStartsTheAction(int threads) {
        try (Runner runner = Runner.local().threads(threads).context(user()).build()) {
            for (String name : List.of("ann", "bob")) {
                USER.set(name);
                Bag<String> users = numbers().map(n -> USER.get() + "");
                assertThat(users.compute(runner)).hasSize(40).containsOnly(name);
                assertThat(users.computeAsync(runner).join()).hasSize(40).containsOnly(name);
                assertThat(users.stream(runner)).hasSize(40).containsOnly(name);
                assertThat(users.sorted().compute(runner)).hasSize(40).containsOnly(name);
                assertThat(Delayed.call(() -> USER.get() + "").compute(runner)).isEqualTo(name);
                assertThat(USER.get()).isEqualTo(name);
            }
        } finally {
            USER.remove();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void anActionInsideATaskHasItToo(int threads) {
        try (Runner runner = Runner.local().threads(threads).context(user()).build()) {
            USER.set("ann");
            assertThat(Bag.of(1, 2, 3)
                            .flatMap(
                                    n -> numbers().map(inner -> USER.get() + "").compute())
                            .compute(runner))
                    .hasSize(120)
                    .containsOnly("ann");
        } finally {
            USER.remove();
        }
    }

    @Test
    void theCallingThreadKeepsItsOwn() {
        USER.set("ann");
        try (Runner runner = Runner.inline()) {
            assertThat(numbers().map(n -> USER.get() + "").compute(runner)).containsOnly("ann");
            assertThat(USER.get()).isEqualTo("ann");
        } finally {
            USER.remove();
        }
    }

    @Test
    void contextsAreClosedInReverseAlsoAfterAFailure() {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        Runner.Builder builder = Runner.local().threads(1);
        for (String name : List.of("a", "b")) {
            builder.context(() -> () -> {
                told.add("open " + name);
                return () -> told.add("close " + name);
            });
        }
        try (Runner runner = builder.build()) {
            failure(() -> Bag.of(1)
                    .map(n -> {
                        told.add("run");
                        throw new IllegalStateException("broken");
                    })
                    .compute(runner));
            assertThat(told).containsExactly("open a", "open b", "run", "close b", "close a");
        }
    }

    @Test
    void aContextThatCannotBeOpenedFailsTheRun() {
        IllegalStateException broken = new IllegalStateException("no context");
        try (Runner runner = Runner.local()
                .threads(2)
                .context(() -> () -> {
                    throw broken;
                })
                .build()) {
            assertThat(failure(() -> numbers().compute(runner))).hasCause(broken);
        }
    }

    @Test
    void theContextClassLoaderIsCarried() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[0], before);
                Runner runner = Runner.local().threads(2).build()) {
            Bag<ClassLoader> loaders = numbers().map(n -> Thread.currentThread().getContextClassLoader());
            assertThat(loaders.compute(runner)).containsOnly(before);
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(loaders.compute(runner)).containsOnly(loader);
            Thread.currentThread().setContextClassLoader(before);
            assertThat(loaders.compute(runner)).containsOnly(before);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
