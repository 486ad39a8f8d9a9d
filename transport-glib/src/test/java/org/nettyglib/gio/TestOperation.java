package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.Cancellable;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.LoopFixture;

/** An operation that ends when a test says so, and counts what is done with it. */
class TestOperation implements GioBegin, GioFinish<Long> {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();

    final CompletableFuture<RawTask> task = new CompletableFuture<>();
    private final boolean heedsCancellation;
    volatile @Nullable Thread beginThread;
    volatile @Nullable Thread finishThread;

    private TestOperation(boolean heedsCancellation) {
        this.heedsCancellation = heedsCancellation;
    }

    TestOperation() {
        this(true);
    }

    /** One whose result comes, whether it was cancelled or not. */
    static TestOperation deaf() {
        return new TestOperation(false);
    }

    @Override
    public void begin(Cancellable cancellable, AsyncReadyCallback ready) {
        begun.incrementAndGet();
        beginThread = Thread.currentThread();
        // As java-gi's methods do it.
        task.complete(RawTask.begin(
                cancellable.handle().address(), ready.toCallback(Arena.global()).address(), 0, heedsCancellation));
        Reference.reachabilityFence(cancellable);
    }

    /** The task of the operation, as soon as it was begun. */
    RawTask task() throws Exception {
        return task.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the operation, when it has begun. From any thread. */
    TestOperation end(long result) throws Exception {
        task().end(result);
        return this;
    }

    @Override
    public Long finish(AsyncResult result) throws GErrorException {
        finished.incrementAndGet();
        finishThread = Thread.currentThread();
        return RawTask.take(result.handle().address());
    }

    @Override
    public void release(Long late) {
        released.incrementAndGet();
    }

    void assertNeverBegun() {
        assertCounts(0, 0, 0);
    }

    /** How often it was begun, finished and its late result released. */
    void assertCounts(int begun, int finished, int released) {
        assertThat(this.begun).as("how often it was begun").hasValue(begun);
        assertThat(this.finished).as("how often it was finished").hasValue(finished);
        assertThat(this.released).as("how often a late result was released").hasValue(released);
    }
}
