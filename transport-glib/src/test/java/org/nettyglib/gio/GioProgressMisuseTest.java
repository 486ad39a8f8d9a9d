package org.nettyglib.gio;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.StubPool;
import org.nettyglib.loop.LoopFixture;

/** A progress whose operation goes on in C, though its future has failed. */
class GioProgressMisuseTest {
    @SuppressWarnings("restricted")
    private static final MethodHandle TELL =
            Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG));

    /** As GIO does. */
    private static void tell(MemorySegment progress, long current, long total) {
        try {
            TELL.invokeExact(progress, current, total, 0L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Takes whatever function pointers are free, and one more. */
    private static List<StubPool.Stub> takeAllThatAreFree() {
        List<StubPool.Stub> taken = new ArrayList<>();
        int made = StubPool.made();
        while (StubPool.made() == made) {
            taken.add(Objects.requireNonNull(StubPool.take((first, second, third) -> {})));
        }
        return taken;
    }

    /** It would be called with how far the copy is for its source and its result. */
    @ParameterizedTest
    @EnumSource
    void shouldNotGiveItsFunctionPointerToAnotherOperation(GioLoopKind kind) throws Exception {
        try (GioLoop loop = kind.open()) {
            CompletableFuture<MemorySegment> pointer = new CompletableFuture<>();
            AtomicInteger told = new AtomicInteger();
            TestOperation never = new TestOperation();
            // GIO has been called, but with a callback that is not ours.
            GioFuture<Long> future = GioFutures.startWithProgress(
                    loop.loop(),
                    (cancellable, progress, ready) -> pointer.complete(progress.toCallback(Arena.global())),
                    never,
                    (current, total) -> told.incrementAndGet());
            assertThat(Await.failure(future)).hasMessageContaining("without handing its AsyncReadyCallback");
            MemorySegment progress = pointer.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            loop.run(() -> {});

            List<StubPool.Stub> others = takeAllThatAreFree();
            try {
                assertThat(others).extracting(StubPool.Stub::pointer).doesNotContain(progress);
                tell(progress, 1, 2);
                loop.run(() -> {});
                assertThat(told)
                        .as("how often a future that has failed was told")
                        .hasValue(0);
            } finally {
                others.forEach(StubPool.Stub::giveBack);
            }
            never.assertNeverBegun();
        }
    }
}
