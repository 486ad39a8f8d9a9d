package org.nettyglib.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.SourceFuncs;
import org.nettyglib.loop.GLibBackend;
import org.nettyglib.loop.GLibTransport;

/**
 * A backend on a context of its own, iterated by the test's thread, and what the watches of the test were told. After
 * the test it fails when a source or an epoll instance was left behind.
 */
final class BackendFixture implements AfterEachCallback {
    /** More iterations than any test needs until nothing is ready any more. */
    private static final int ENOUGH = 20;

    private static final long NO_BUDGET = 0;

    static {
        // The pipes are Netty's, whose natives have to be loaded first.
        GLibTransport.ensureAvailability();
    }

    private final int sources = SourceFuncs.liveSources();
    private final long epolls = OpenEpolls.count();
    private final List<String> log = new ArrayList<>();
    private final List<WatchedPipe> pipes = new ArrayList<>();
    private final PendingTasks tasks = new PendingTasks();
    private final LoopStatistics statistics = new LoopStatistics();
    private final long context = LibGlib.g_main_context_new();
    private final ReadinessBackend backend;

    BackendFixture() {
        this(NO_BUDGET);
    }

    /** @param budgetNanos after which the backend makes way for lower priorities */
    BackendFixture(long budgetNanos) {
        assertThat(LibGlib.g_main_context_acquire(context)).isTrue();
        backend = open(budgetNanos, tasks, statistics);
        backend.attach();
    }

    /** One more backend on the same context, without tasks and not attached. */
    ReadinessBackend open() {
        return open(NO_BUDGET);
    }

    /** The same with a budget. */
    ReadinessBackend open(long budgetNanos) {
        return open(budgetNanos, new PendingTasks(), new LoopStatistics());
    }

    private ReadinessBackend open(long budgetNanos, LoopWork tasks, LoopStatistics counts) {
        return switch (GLibBackend.fromProperty()) {
            case EPOLL_SET -> new EpollSet(context, 0, budgetNanos, tasks, counts);
            case SOURCE_PER_FD -> new SourcePerFd(context, 0, budgetNanos, tasks, counts);
        };
    }

    /** What was told, in order. */
    List<String> log() {
        return log;
    }

    ReadinessBackend backend() {
        return backend;
    }

    /** What {@link #backend()} counts. */
    LoopStatistics statistics() {
        return statistics;
    }

    PendingTasks tasks() {
        return tasks;
    }

    /** A pipe with nothing in it, watched at a priority. When it is readable it is emptied and its name logged. */
    WatchedPipe pipe(String name, int priority) {
        return pipe(name, priority, backend);
    }

    /** The same of a backend of the test's. */
    WatchedPipe pipe(String name, int priority, ReadinessBackend backend) {
        WatchedPipe pipe = new WatchedPipe(name, backend, log);
        pipes.add(pipe);
        pipe.watch().interest(PollBits.IN, priority);
        return pipe;
    }

    /** One iteration by the backend itself. */
    void iterate() {
        backend.iterate(false);
    }

    /** Iterations by the backend itself until nothing is ready. */
    void iterateUntilQuiet() {
        for (int i = 0; i < ENOUGH; i++) {
            iterate();
        }
    }

    /** Iterations by GLib's own code, as a nested main loop does them. */
    void nestUntilQuiet() {
        for (int i = 0; i < ENOUGH; i++) {
            LibGlib.g_main_context_iteration(context, false);
        }
    }

    /** How many sources and epoll instances there are besides those of the loop itself. */
    long extras() {
        boolean oneEpoll = backend instanceof EpollSet;
        return SourceFuncs.liveSources() - sources - 1 + OpenEpolls.count() - epolls - (oneEpoll ? 1 : 0);
    }

    void closePipes() {
        pipes.forEach(WatchedPipe::close);
    }

    @Override
    public void afterEach(ExtensionContext ignored) {
        closePipes();
        backend.close();
        LibGlib.g_main_context_release(context);
        LibGlib.g_main_context_unref(context);
        assertThat(SourceFuncs.liveSources()).as("sources").isEqualTo(sources);
        assertThat(OpenEpolls.count()).as("epoll instances").isEqualTo(epolls);
    }
}
