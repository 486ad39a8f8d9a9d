package org.nettyglib.poll;

import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.SourceFuncs;

/**
 * The descriptors of one GLib priority other than the loop's own: an epoll instance whose descriptor is one GUnix fd
 * source of that priority.
 *
 * <p>The source need not be asked whether it is ready. An event that was fetched and not delivered yet is one of a
 * descriptor that is still ready, or whose readiness is past, and epoll reports by level: so the instance stays readable
 * as long as there is something to deliver, for the next iteration and for that of a nested main loop.
 */
final class PrioritySet implements SourceFuncs.Target {
    private final Resources resources = new Resources();
    private final EpollInstance epoll;
    private final int priority;
    private final Turns turns;
    private final Runnable ready = this::deliver;
    private final long source;
    private final SourceFd set;
    private int watches;

    PrioritySet(long context, int priority, WatchTable table, Turns turns) {
        this.priority = priority;
        this.turns = turns;
        boolean opened = false;
        try {
            epoll = new EpollInstance(resources, table);
            opened = true;
        } finally {
            if (!opened) {
                resources.close();
            }
        }
        source = SourceFuncs.newPassiveSource(this);
        SourceSetup.apply(source, "netty-epoll-set", priority);
        set = new SourceFd(source, epoll.fd());
        if (turns.areOpen(priority)) {
            set.add();
        }
        LibGlib.g_source_attach(source, context);
    }

    EpollInstance join() {
        watches++;
        return epoll;
    }

    /** Returns whether nobody is left. */
    boolean leave() {
        return --watches == 0;
    }

    @Override
    public boolean prepare() {
        return false;
    }

    @Override
    public void dispatch() {
        turns.take(priority, ready);
    }

    private void deliver() {
        epoll.fetch(0);
        epoll.deliver(turns);
    }

    void pause() {
        set.remove();
    }

    void resume() {
        set.add();
    }

    /** Perhaps inside {@link #dispatch()}, which then ends. */
    void close() {
        SourceFuncs.destroy(source);
        epoll.drop();
        resources.close();
    }
}
