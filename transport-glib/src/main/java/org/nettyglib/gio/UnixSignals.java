package org.nettyglib.gio;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ObjectUtil;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Unix signals on event loops, as calls of a listener or as futures. The JVM's shutdown hooks are run as ever.
 *
 * <p>GLib's own {@code g_unix_signal_source_new} takes a signal away from the JVM: hooks do not run while the source is
 * there, and later the process dies without them. So the JVM's own handler is what hands a signal over to the loops, and when
 * the last listener of a signal goes, by {@link UnixSignalRegistration#close()} or with its loop, the handler that was
 * there before is back.
 *
 * <p>What {@link UnixSignal#HUP}, {@link UnixSignal#INT} and {@link UnixSignal#TERM} do: all listeners are told on
 * their loops. Then the JVM ends as it would without them, with its hooks and the exit code 128 + number, <em>unless</em>
 * one of them has called {@link UnixSignalEvent#consume()}, or the signal has completed a future of {@link #next}. The
 * hooks run on another thread, so they may wait for a loop. A program that ends by itself:
 *
 * <pre>{@code
 * UnixSignals.next(loop, UnixSignal.TERM).addListener(f -> { if (f.isSuccess()) group.shutdownGracefully(); });
 * }</pre>
 *
 * <p>A second signal finds nobody who listens for it there, and ends the JVM.
 *
 * <p>{@link UnixSignal#USR1} and {@link UnixSignal#USR2} never end the JVM while somebody listens, and kill the process
 * when nobody does.
 *
 * <p>Where a loop is blocked, its listeners are told when it goes on, and the JVM's end waits for that; so it does for an
 * attached loop whose context nobody iterates. Such a process is ended by {@code kill -KILL} or by its own
 * {@code System.exit}.
 *
 * <p>Where a signal was ignored when the JVM started (SIGHUP by {@code nohup}, SIGINT by a shell's {@code &}), it stays so:
 * none is told, and the log says it.
 *
 * <p>All methods may be called from any thread. The loops need not be GLib's.
 */
public final class UnixSignals {
    private static final Map<UnixSignal, SignalRoute> ROUTES = new EnumMap<>(UnixSignal.class);

    static {
        for (UnixSignal signal : UnixSignal.values()) {
            ROUTES.put(signal, new SignalRoute(signal));
        }
    }

    private UnixSignals() {}

    /**
     * Tells a listener of each signal from now on. There may be any number of listeners, on the same loop or others.
     *
     * @param loop on whose thread the listener is called
     * @param signal which signal
     * @param listener is told
     * @return what ends it
     * @throws IllegalStateException if this JVM cannot listen to that signal; the message says what to do
     * @throws java.util.concurrent.RejectedExecutionException if the loop ends or has ended
     */
    public static UnixSignalRegistration listen(EventExecutor loop, UnixSignal signal, UnixSignalListener listener) {
        ObjectUtil.checkNotNull(listener, "listener");
        SignalRegistration registration =
                new SignalRegistration(route(signal), ObjectUtil.checkNotNull(loop, "loop"), listener, () -> {});
        registration.start();
        return registration;
    }

    /**
     * The next signal. It is taken care of by completing the future: the JVM does not end for it.
     *
     * @param loop calls the listeners of the future
     * @param signal which signal
     * @return succeeds with the signal. To cancel it is to listen no longer; the end of the loop cancels it, too
     * @throws IllegalStateException if this JVM cannot listen to that signal; the message says what to do
     * @throws java.util.concurrent.RejectedExecutionException if the loop ends or has ended
     */
    public static Future<UnixSignal> next(EventExecutor loop, UnixSignal signal) {
        SignalPromise promise = new SignalPromise(route(signal), ObjectUtil.checkNotNull(loop, "loop"));
        promise.start();
        return promise;
    }

    private static SignalRoute route(UnixSignal signal) {
        return Objects.requireNonNull(ROUTES.get(ObjectUtil.checkNotNull(signal, "signal")));
    }
}
