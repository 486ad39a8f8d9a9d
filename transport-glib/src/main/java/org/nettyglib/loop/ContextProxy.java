package org.nettyglib.loop;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.gnome.glib.MainContext;
import org.nettyglib.ffi.LibGlib;

/** Makes java-gi's object for a context that we have by address. */
final class ContextProxy {
    private static final Cleaner CLEANER = Cleaner.create();

    private ContextProxy() {}

    /**
     * A {@link MainContext} with a reference of its own, dropped when it is collected. java-gi's own cleaner is not
     * used: it keeps one owner per address, and a context has many proxies.
     */
    static MainContext of(long context) {
        MainContext proxy = new MainContext(MemorySegment.ofAddress(context));
        LibGlib.g_main_context_ref(context);
        CLEANER.register(proxy, () -> LibGlib.g_main_context_unref(context));
        return proxy;
    }
}
