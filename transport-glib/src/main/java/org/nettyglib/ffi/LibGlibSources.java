package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.nettyglib.ffi.LibGlib.GLIB;

import java.lang.invoke.MethodHandle;

/** The sources that GLib brings, under their C names. From any thread. */
public final class LibGlibSources {
    private static final MethodHandle TIMEOUT = GLIB.bind("g_timeout_source_new", JAVA_LONG, JAVA_INT);
    private static final MethodHandle IDLE = GLIB.bind("g_idle_source_new", JAVA_LONG);
    private static final MethodHandle CHILD_WATCH = GLIB.bind("g_child_watch_source_new", JAVA_LONG, JAVA_INT);
    private static final MethodHandle SET_CALLBACK =
            GLIB.bindVoid("g_source_set_callback", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private LibGlibSources() {}

    /** @param millis unsigned */
    public static long g_timeout_source_new(int millis) {
        try {
            return (long) TIMEOUT.invokeExact(millis);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_idle_source_new() {
        try {
            return (long) IDLE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_child_watch_source_new(int pid) {
        try {
            return (long) CHILD_WATCH.invokeExact(pid);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_source_set_callback(long source, long callback, long userData, long destroyNotify) {
        try {
            SET_CALLBACK.invokeExact(source, callback, userData, destroyNotify);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
