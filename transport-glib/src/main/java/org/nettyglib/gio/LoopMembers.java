package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibContextHandle;
import org.nettyglib.loop.GLibLoopContext;
import org.nettyglib.loop.GLibTransport;
import org.nettyglib.util.LoopNotifier;

/**
 * What is under way on one loop. It is registered with the loop for as long as there is something, so that a loop which ends
 * waits for it, and one that Netty may suspend is not suspended. On the loop's thread, except {@link #of}.
 */
final class LoopMembers implements GLibContextHandle {
    private static final int RETRY_MILLIS = 1;

    /** How long a loop that has nothing under way is kept from being suspended. */
    private static final int IDLE_MILLIS = 1000;

    private static final Map<EventLoop, LoopMembers> LOOPS = new ConcurrentHashMap<>();

    private final IoEventLoop loop;
    private final LoopNotifier notifier;
    private final SpareCancellables spareCancellables = new SpareCancellables();
    private final LoopPlace members = new LoopPlace();
    private final ArrayDeque<BooleanSupplier> waiting = new ArrayDeque<>();
    private @Nullable IoRegistration registration;
    private boolean leavesSoon;

    private LoopMembers(IoEventLoop loop) {
        this.loop = loop;
        notifier = new LoopNotifier(loop);
    }

    /**
     * Those of a loop.
     *
     * @throws IllegalArgumentException if it is no loop of GLib's
     */
    static LoopMembers of(EventLoop loop) {
        LoopMembers known = LOOPS.get(loop);
        return known != null ? known : create(loop);
    }

    private static LoopMembers create(EventLoop loop) {
        IoEventLoop ioLoop = requireGLib(loop);
        GLibTransport.initJavaGi();
        LoopMembers created = new LoopMembers(ioLoop);
        LoopMembers other = LOOPS.putIfAbsent(loop, created);
        if (other != null) {
            return other;
        }
        loop.terminationFuture().addListener(ended -> LOOPS.remove(loop));
        return created;
    }

    /**
     * {@return the loop}
     *
     * @throws IllegalArgumentException if it is no loop of GLib's
     */
    static IoEventLoop requireGLib(EventLoop loop) {
        if (loop instanceof IoEventLoop ioLoop && ioLoop.isCompatible(GLibContextHandle.class)) {
            return ioLoop;
        }
        throw new IllegalArgumentException("GIO needs an event loop that is a GMainContext, but this is a "
                + loop.getClass().getName() + ": use a loop of a GLibEventLoopGroup, such as group.next(), or that of a"
                + " channel there");
    }

    /** {@return who tells the listeners of futures} */
    LoopNotifier notifier() {
        return notifier;
    }

    SpareCancellables spareCancellables() {
        return spareCancellables;
    }

    /**
     * Takes something in that is about to begin.
     *
     * @return the loop's context
     * @throws RejectedExecutionException if the loop shuts down
     */
    GLibLoopContext add(LoopMember member) {
        if (loop.isShuttingDown()) {
            throw new RejectedExecutionException("the event loop shuts down, and starts nothing more: " + loop);
        }
        if (registration == null) {
            register();
        }
        member.place().join(members);
        GLibLoopContext context = registration().attachment();
        return context;
    }

    private void register() {
        Future<IoRegistration> registered = loop.register(this);
        if (!registered.isSuccess()) {
            throw new RejectedExecutionException("the event loop takes nothing more: " + loop, registered.cause());
        }
        registration = registered.getNow();
        spareCancellables.open();
    }

    private IoRegistration registration() {
        if (registration == null) {
            throw new IllegalStateException("not registered");
        }
        return registration;
    }

    /** It is over. */
    void remove(LoopMember member) {
        if (!member.place().leave() || !members.isAlone()) {
            return;
        }
        if (loop.isShuttingDown()) {
            leave();
        } else if (!leavesSoon) {
            // Not at once: often one follows the other.
            leavesSoon = true;
            loop.schedule(this::leaveIfIdle, IDLE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void leaveIfIdle() {
        leavesSoon = false;
        if (members.isAlone()) {
            leave();
        }
    }

    private void leave() {
        if (registration != null) {
            IoRegistration last = registration;
            registration = null;
            spareCancellables.close();
            last.cancel();
        }
    }

    /**
     * Tries something again and again, after what was handed in before.
     *
     * @param attempt says whether it has done what it should
     */
    void retryLater(BooleanSupplier attempt) {
        waiting.add(attempt);
        if (waiting.size() == 1) {
            loop.schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void retry() {
        while (!waiting.isEmpty()) {
            if (!waiting.element().getAsBoolean()) {
                loop.schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            waiting.remove();
        }
    }

    /** {@return how many there are, for tests} */
    int size() {
        return members.members().size();
    }

    @Override
    public void close() {
        members.members().forEach(LoopMember::stop);
        // The timer is gone with the others. Those that wait see that they are over.
        waiting.removeIf(BooleanSupplier::getAsBoolean);
        if (members.isAlone()) {
            leave();
        }
    }

    @Override
    public void unregistered() {
        registration = null;
        spareCancellables.close();
        List<LoopMember> left = members.members();
        left.forEach(member -> member.place().leave());
        left.forEach(LoopMember::abandon);
    }
}
