package org.nettyglib.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Those who look at a loop from outside: Flight Recorder, and the {@link Watchdog} if it was asked for. */
final class LoopObservers implements Watched {
    private final GLibEventLoop loop;
    private final @Nullable Owner owner;
    private final Duration limit;
    private final LoopEvents events;
    private final String name;
    private volatile @Nullable Thread thread;
    private boolean open;

    /**
     * @param name of the context
     * @param owner of an attached loop's context
     * @param limit how long the context may be without an iteration, zero for any time
     */
    LoopObservers(GLibEventLoop loop, String name, @Nullable Owner owner, Duration limit) {
        this.loop = loop;
        this.name = name;
        this.owner = owner;
        this.limit = limit;
        events = new LoopEvents(name, loop.metrics());
    }

    /** What the loop itself tells of. */
    LoopEvents events() {
        return events;
    }

    /** The loop begins, on its thread if it has one, or goes on there after it was suspended. */
    void open() {
        if (owner == null) {
            thread = Thread.currentThread();
        }
        if (!open) {
            open = true;
            events.open();
            if (!limit.isZero()) {
                Watchdog.add(this, limit);
            }
        }
    }

    /** The loop has ended. */
    void close() {
        events.close();
        Watchdog.remove(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long iterations() {
        return loop.metrics().iterations();
    }

    @Override
    public @Nullable Thread thread() {
        return owner == null ? thread : owner.thread();
    }

    @Override
    public boolean hasWaitingTasks() {
        return loop.pendingTasks() > 0;
    }

    @Override
    public void wakeup() {
        loop.handler().wakeup();
    }
}
