package org.nettyglib.gio;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The way of one signal from the JVM to the loops, and back to the handler that the JVM had before. There is one for each
 * signal, for the life of the JVM.
 *
 * <p>The JVM calls {@link #handle} on a new thread for each signal. That thread waits for the listeners and is then where
 * shutdown hooks are run, as without this class: a hook may wait for a loop.
 */
final class SignalRoute {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(SignalRoute.class);

    private final UnixSignal signal;
    private final JvmSignal ofTheJvm;
    private final Object ours = JvmSignal.handler(this::handle);
    private final List<SignalRegistration> registrations = new CopyOnWriteArrayList<>();

    /** The first handler that was there before ours, most likely the JVM's own. */
    private volatile @Nullable Object first;

    /** The handler before ours; still known when ours is gone, for signals that came earlier. */
    private volatile Object previous = JvmSignal.DEFAULT;

    /** The threads that are in {@link #previous} now. */
    private final Set<Thread> passing = ConcurrentHashMap.newKeySet();

    SignalRoute(UnixSignal signal) {
        this.signal = signal;
        ofTheJvm = new JvmSignal(signal.name());
    }

    UnixSignal signal() {
        return signal;
    }

    synchronized void add(SignalRegistration registration) {
        if (registrations.isEmpty()) {
            install();
        }
        registrations.add(registration);
    }

    synchronized void remove(SignalRegistration registration) {
        if (registrations.remove(registration) && registrations.isEmpty()) {
            restore();
        }
    }

    private void install() {
        Object before = replace();
        if (JvmSignal.isNative(before)) {
            ofTheJvm.handle(before);
            throw new IllegalStateException(takenByNativeCode());
        }
        if (signal.asksForTheEnd() && before == JvmSignal.IGNORE) {
            logger.warn(
                    "{} is ignored by this process, as its starter wanted (nohup, or a shell's &): none will come.",
                    signal);
        }
        // It is ours if somebody has replaced it, and has put it back after our last listener had gone.
        if (before != ours) {
            previous = before;
        }
        if (first == null) {
            first = before;
        }
    }

    private Object replace() {
        try {
            return ofTheJvm.handle(ours);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    signal.asksForTheEnd()
                            ? "the JVM was started with -Xrs, which keeps it from " + signal + ": start it without"
                            : "the JVM keeps " + signal + " for itself: use another signal",
                    e);
        }
    }

    private String takenByNativeCode() {
        return signal == UnixSignal.USR2
                ? "the JVM suspends its threads by SIGUSR2, for Flight Recorder's samples among other things: start it with"
                        + " the environment variable _JAVA_SR_SIGNUM=40, which makes it use another signal, or use SIGUSR1"
                : "native code of this process handles " + signal
                        + ", for example a source of g_unix_signal_source_new: remove that handler first";
    }

    private void restore() {
        Object replaced = ofTheJvm.handle(previous);
        if (replaced != ours) {
            // Somebody has replaced it meanwhile, and may pass signals on to us.
            ofTheJvm.handle(replaced);
        }
    }

    private void handle() {
        if (passing.contains(Thread.currentThread())) {
            // The previous handler passes on what it has from us: it was once installed over ours.
            pass(first);
            return;
        }
        List<SignalRegistration> told = List.copyOf(registrations);
        SignalOutcome outcome = new SignalOutcome(told.size());
        told.forEach(registration -> registration.tell(outcome));
        if (told.isEmpty() || signal.asksForTheEnd() && !outcome.awaitConsumed()) {
            passOn();
        }
    }

    /** Does what would happen without us. */
    private void passOn() {
        passing.add(Thread.currentThread());
        try {
            pass(previous);
        } finally {
            passing.remove(Thread.currentThread());
        }
    }

    private void pass(@Nullable Object next) {
        if (next == JvmSignal.DEFAULT) {
            ofTheJvm.handle(JvmSignal.DEFAULT);
            ofTheJvm.raise();
        } else if (next != null) {
            ofTheJvm.call(next);
        }
    }
}
