package org.nettyglib.loop;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;

/** Makes java-gi's object for a context that we have by address. */
final class ContextProxy {
    private static final Cleaner CLEANER = Cleaner.create();

    private ContextProxy() {}

    /**
     * A {@link MainContext} with a reference of its own, dropped some time after it was collected. java-gi's own cleaner does not do it for
     * contexts: it keeps one owner per address, and a context has many proxies. But it has to be its thread, which also drops the references of
     * sources: GLib 2.74 does not bear that the last reference of a context is dropped while another thread drops one of a
     * source in it. So the reference is that of a main loop, which java-gi owns.
     */
    static MainContext of(long context) {
        MainContext proxy = new MainContext(MemorySegment.ofAddress(context));
        MainLoop reference = new MainLoop(proxy, false);
        CLEANER.register(proxy, () -> Reference.reachabilityFence(reference));
        return proxy;
    }
}
