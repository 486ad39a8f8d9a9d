package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ObjectUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGlibSources;
import org.nettyglib.ffi.Memory;

/**
 * What GLib tells by a callback, once, as a future: timeouts, idle functions, the end of a child process. The future is completed
 * on the loop's thread, at the priority of the source. To cancel it destroys the source; a loop that ends cancels it.
 *
 * <p>A loop that shuts down fails the future with a {@link java.util.concurrent.RejectedExecutionException}; a loop that is no
 * GLib loop is an {@link IllegalArgumentException}.
 */
public final class GLibFutures {
    /** {@code G_PRIORITY_DEFAULT} of {@code glib/gmain.h}. */
    public static final int PRIORITY_DEFAULT = 0;

    /** {@code G_PRIORITY_DEFAULT_IDLE} of {@code glib/gmain.h}. */
    public static final int PRIORITY_DEFAULT_IDLE = 200;

    /** That of {@code guint}. */
    private static final long MAX_MILLIS = 0xFFFF_FFFFL;

    private static final long TIMEOUT_NAME = Memory.immortalString("netty-timeout-future");
    private static final long CHILD_NAME = Memory.immortalString("netty-child-future");

    private static final SourceFuture.Kind<@Nullable Void> IDLE = new SourceFuture.Kind<>(
            Memory.immortalString("netty-idle-future"), LibGlibSources::g_idle_source_new, false, none -> null);

    private GLibFutures() {}

    /**
     * Waits for a time, at GLib's default priority. From any thread.
     *
     * @param loop whose context waits
     * @param delay in whole milliseconds, rounded up: at most 49 days
     * @return succeeds when the time is over
     * @throws IllegalArgumentException if the delay is less than zero or too long
     */
    public static Future<@Nullable Void> timeout(EventLoop loop, Duration delay) {
        return timeout(loop, delay, PRIORITY_DEFAULT);
    }

    /**
     * Waits for a time. From any thread. Unlike a timer of the loop's, it comes after everything of a higher priority: of a
     * lower number.
     *
     * @param loop whose context waits
     * @param delay in whole milliseconds, rounded up: at most 49 days
     * @param priority as GLib counts
     * @return succeeds when the time is over
     * @throws IllegalArgumentException if the delay is less than zero or too long
     */
    public static Future<@Nullable Void> timeout(EventLoop loop, Duration delay, int priority) {
        long millis = millis(delay);
        SourceFuture.Kind<@Nullable Void> kind = new SourceFuture.Kind<>(
                TIMEOUT_NAME, () -> LibGlibSources.g_timeout_source_new((int) millis), false, none -> null);
        return SourceFuture.start(loop, kind, priority);
    }

    private static long millis(Duration delay) {
        long nanos = TimeUnit.NANOSECONDS.convert(ObjectUtil.checkNotNull(delay, "delay"));
        long millis = Math.ceilDiv(nanos, TimeUnit.MILLISECONDS.toNanos(1));
        return ObjectUtil.checkInRange(millis, 0, MAX_MILLIS, "delay in milliseconds");
    }

    /**
     * Waits until the context has nothing else to do, as an idle function. From any thread.
     *
     * @param loop whose context waits
     * @return succeeds then
     */
    public static Future<@Nullable Void> idle(EventLoop loop) {
        return idle(loop, PRIORITY_DEFAULT_IDLE);
    }

    /**
     * Waits until the context has nothing to do of a higher priority: of a lower number. From any thread.
     *
     * @param loop whose context waits
     * @param priority as GLib counts
     * @return succeeds then
     */
    public static Future<@Nullable Void> idle(EventLoop loop, int priority) {
        return SourceFuture.start(loop, IDLE, priority);
    }

    /**
     * Waits for the end of a child of this process, which is reaped: for one that was started by GLib or a C library and that
     * nobody else waits for. Not for one of {@link Process}, which the JVM reaps, see {@link Process#onExit()}. From any
     * thread.
     *
     * @param loop whose context waits
     * @param pid of the child
     * @return succeeds with the way in which it ended
     * @throws IllegalArgumentException if there is no such child
     * @see <a href="https://docs.gtk.org/glib/func.child_watch_source_new.html">g_child_watch_source_new</a>
     */
    public static Future<GLibExitStatus> childExited(EventLoop loop, long pid) {
        boolean isChild = ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .filter(ProcessHandle.current()::equals)
                .isPresent();
        if (!isChild) {
            throw new IllegalArgumentException("process " + pid + " is no child of this one, or was reaped already");
        }
        SourceFuture.Kind<GLibExitStatus> kind = new SourceFuture.Kind<>(
                CHILD_NAME, () -> LibGlibSources.g_child_watch_source_new((int) pid), true, GLibExitStatus::new);
        return SourceFuture.start(loop, kind, PRIORITY_DEFAULT);
    }
}
