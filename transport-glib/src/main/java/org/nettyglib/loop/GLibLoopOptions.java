package org.nettyglib.loop;

import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.SystemPropertyUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a loop behaves beside the other sources of its context. Immutable: each setter returns a changed copy.
 *
 * <pre>{@code
 * GLibEventLoopGroup.attach(context, GLibLoopOptions.defaults().dispatchBudget(Duration.ofMillis(2)))
 * }</pre>
 */
public final class GLibLoopOptions {
    /** The system property with the default of {@link #watchdog()}, in milliseconds; 0, no watchdog, if it is not set. */
    public static final String WATCHDOG_PROPERTY = "org.nettyglib.watchdog";

    /** Longer than anybody means. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final GLibBackend backend;
    private final int priority;
    private final @Nullable Duration dispatchBudget;
    private final @Nullable Thread owner;
    private final Duration watchdog;

    private GLibLoopOptions(
            GLibBackend backend,
            int priority,
            @Nullable Duration dispatchBudget,
            @Nullable Thread owner,
            Duration watchdog) {
        this.backend = backend;
        this.priority = priority;
        this.dispatchBudget = dispatchBudget;
        this.owner = owner;
        this.watchdog = watchdog;
    }

    /**
     * The backend that {@link GLibBackend#PROPERTY} names, GLib's default priority, and the budget of
     * {@link #dispatchBudget()}.
     *
     * @return the options that a group has which is given none
     * @throws IllegalArgumentException if a system property has a value that it cannot have
     */
    public static GLibLoopOptions defaults() {
        long watchdogMillis = SystemPropertyUtil.getLong(WATCHDOG_PROPERTY, 0);
        if (watchdogMillis < 0) {
            throw new IllegalArgumentException(
                    "-D" + WATCHDOG_PROPERTY + '=' + watchdogMillis + ": expected milliseconds, or 0 for no watchdog");
        }
        return new GLibLoopOptions(
                GLibBackend.fromProperty(),
                GLibBackend.G_PRIORITY_DEFAULT,
                null,
                null,
                Duration.ofMillis(watchdogMillis));
    }

    /** {@return how descriptors are watched} */
    public GLibBackend backend() {
        return backend;
    }

    /**
     * Says how descriptors are watched.
     *
     * @param backend the backend
     * @return options with this backend
     */
    public GLibLoopOptions backend(GLibBackend backend) {
        ObjectUtil.checkNotNull(backend, "backend");
        return new GLibLoopOptions(backend, priority, dispatchBudget, owner, watchdog);
    }

    /** {@return GLib's priority of the loop's sources} */
    public int priority() {
        return priority;
    }

    /**
     * Sets the priority of the loop's sources: its tasks, its timers, and each channel that has no
     * {@code GLibChannelOption.PRIORITY} of its own. As GLib counts: 0 is its default, lower numbers come first, GTK
     * draws at 120, idle functions have 200. While a source is ready, none of a higher number has a turn, but for
     * {@link #dispatchBudget(Duration)}.
     *
     * @param priority GLib's priority
     * @return options with this priority
     */
    public GLibLoopOptions priority(int priority) {
        return new GLibLoopOptions(backend, priority, dispatchBudget, owner, watchdog);
    }

    /**
     * The budget that was set; null for the default, which is {@value Attachment#DEFAULT_BUDGET_MILLIS} ms for an
     * attached loop and none for a loop with a thread of its own.
     *
     * @return a time, zero for no budget, or null
     */
    public @Nullable Duration dispatchBudget() {
        return dispatchBudget;
    }

    /**
     * Sets for how long the loop's sources are dispatched, one after the other, before they pause. GLib gives no turn to
     * a source while one of a higher priority is ready: under load a loop would keep a window from being drawn. In the
     * pause every other source that is ready has its turn, down to idle functions (200); it ends with the last of
     * these, or when it took as long as the budget. A handler is never interrupted, and a budget is looked at between
     * two of them.
     *
     * @param budget more than zero, or zero so that there is no pause
     * @return options with this budget
     * @throws IllegalArgumentException if it is negative or longer than a day
     */
    public GLibLoopOptions dispatchBudget(Duration budget) {
        return new GLibLoopOptions(backend, priority, check(budget, "dispatchBudget"), owner, watchdog);
    }

    /** {@return the thread that runs the context of an attached loop, or null if it is not known beforehand} */
    public @Nullable Thread owner() {
        return owner;
    }

    /**
     * Says which thread runs the context of an attached loop. That thread is the loop's from the beginning, also
     * before the context is iterated and between two iterations: it may use channels directly, and to wait for the loop
     * there ({@code sync()}) is refused with Netty's {@link io.netty.util.concurrent.BlockingOperationException}. Should another thread iterate the context, the loop ends: each of its channels gets an
     * {@link IllegalStateException} and is closed.
     *
     * <p>Without an owner, the thread that iterates the context is known from the first iteration on, and may change.
     *
     * @param owner a platform thread
     * @return options with this owner
     * @throws IllegalArgumentException if the thread is a virtual one
     */
    public GLibLoopOptions owner(Thread owner) {
        if (ObjectUtil.checkNotNull(owner, "owner").isVirtual()) {
            throw new IllegalArgumentException("The owner is the virtual thread " + owner.getName()
                    + ", but a GMainContext belongs to one thread of the system: name a platform thread");
        }
        return new GLibLoopOptions(backend, priority, dispatchBudget, owner, watchdog);
    }

    /** {@return how long a thread may leave the context alone before it is logged; zero for never} */
    public Duration watchdog() {
        return watchdog;
    }

    /**
     * Logs the stack of the thread that runs the context when it has not iterated it for a time. An idle context is woken
     * as often for that.
     *
     * @param limit the time, at least a millisecond, or zero for no watchdog
     * @return options with this limit
     * @throws IllegalArgumentException if it is negative, shorter than a millisecond or longer than a day
     */
    public GLibLoopOptions watchdog(Duration limit) {
        check(limit, "watchdog");
        if (!limit.isZero() && limit.toMillis() == 0) {
            throw new IllegalArgumentException("watchdog: " + limit + " (expected: a millisecond at least, or zero)");
        }
        return new GLibLoopOptions(backend, priority, dispatchBudget, owner, limit);
    }

    private static Duration check(Duration duration, String name) {
        if (ObjectUtil.checkNotNull(duration, name).isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: from zero to a day)");
        }
        return duration;
    }
}
