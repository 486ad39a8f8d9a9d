package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.nettyglib.ffi.StubPool.Stub;

class StubPoolTest {
    @SuppressWarnings("restricted")
    private static final MethodHandle CALL =
            Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private static Stub take(StubPool.Target target) {
        return Objects.requireNonNull(StubPool.take(target));
    }

    /** As C does. */
    private static void call(Stub stub, long first, long second, long third) {
        try {
            CALL.invokeExact(stub.pointer(), first, second, third);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    @Test
    void shouldCallItsTargetWithAllArguments() {
        List<Long> arguments = new ArrayList<>();
        Stub stub = take((first, second, third) -> arguments.addAll(List.of(first, second, third)));
        call(stub, 1, -2, Long.MAX_VALUE);
        assertThat(arguments).containsExactly(1L, -2L, Long.MAX_VALUE);
        stub.giveBack();
    }

    @Test
    void shouldCallTheTargetThatItHasAtTheMoment() {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        Stub stub = take((a, b, c) -> first.incrementAndGet());
        stub.giveBack();
        call(stub, 0, 0, 0);
        Stub again = take((a, b, c) -> second.incrementAndGet());
        assertThat(again.pointer()).as("the pointer is used again").isEqualTo(stub.pointer());
        call(again, 0, 0, 0);
        again.giveBack();
        assertThat(first).hasValue(0);
        assertThat(second).hasValue(1);
    }

    @Test
    void shouldLetNothingThatIsThrownReachC() {
        for (Throwable thrown :
                new Throwable[] {new StackOverflowError("100%s%n%"), new IllegalStateException("100%s")}) {
            Stub stub = take((first, second, third) -> sneakyThrow(thrown));
            call(stub, 0, 0, 0);
            stub.giveBack();
        }
        assertThat(StubPool.made()).isPositive();
    }

    @SuppressWarnings("unchecked") // no cast takes place
    private static <T extends Throwable> void sneakyThrow(Throwable t) throws T {
        throw (T) t;
    }

    @Test
    void shouldMakeAsManyAsAreInUseAtATime() {
        int used = StubPool.used();
        for (int round = 0; round < 200; round++) {
            List<Stub> stubs = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                stubs.add(take((first, second, third) -> {}));
            }
            assertThat(StubPool.used()).isEqualTo(used + 50);
            assertThat(stubs.stream().map(Stub::pointer).distinct()).hasSize(50);
            stubs.forEach(Stub::giveBack);
        }
        assertThat(StubPool.used()).isEqualTo(used);
        assertThat(StubPool.made()).isLessThan(used + 50 + 1_000);
    }

    @Test
    void shouldServeManyThreads() {
        int threads = 4;
        AtomicLong sum = new AtomicLong();
        CompletableFuture<?>[] all = new CompletableFuture<?>[threads];
        for (int t = 0; t < threads; t++) {
            all[t] = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 20_000; i++) {
                            int expected = i;
                            Stub stub = take((first, second, third) -> sum.addAndGet(first == expected ? 1 : 0));
                            call(stub, i, 0, 0);
                            stub.giveBack();
                        }
                    },
                    task -> Thread.ofPlatform().start(task));
        }
        CompletableFuture.allOf(all).join();
        assertThat(sum).hasValue(threads * 20_000L);
    }
}
