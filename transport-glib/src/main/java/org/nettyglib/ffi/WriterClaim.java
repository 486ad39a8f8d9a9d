package org.nettyglib.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sets the log writer of this process, and outlives GLib's refusal. GLib does not tell whether there is a writer, and
 * answers a second one with an error message, which ends the process when its handler returns. So a thread for this alone
 * makes the call, and the handler of the message does not return on that thread: it stays there, asleep.
 */
final class WriterClaim {
    /** {@code G_LOG_DOMAIN} in GLib's own build. */
    private static final long GLIB_DOMAIN = Memory.immortalString("GLib");

    private static final long HANDLER = Upcalls.stub(
            MethodHandles.lookup(),
            "onError",
            MethodType.methodType(void.class, long.class, int.class, long.class, long.class));

    private static volatile @Nullable WriterClaim current;

    private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    private final Thread thread;

    private WriterClaim(long writer) {
        thread = Thread.ofPlatform().daemon().name("glib-log-writer").unstarted(() -> {
            LibGlibLog.g_log_set_writer_func(writer);
            accepted.complete(true);
        });
    }

    /**
     * Waits for GLib's answer, which comes at once.
     *
     * @param writer a {@code GLogWriterFunc}
     * @return false if there is a writer
     */
    static synchronized boolean claim(long writer) {
        WriterClaim claim = new WriterClaim(writer);
        current = claim;
        int handler = LibGlibLog.g_log_set_handler(
                GLIB_DOMAIN,
                LibGlibLog.G_LOG_LEVEL_ERROR | LibGlibLog.G_LOG_FLAG_FATAL | LibGlibLog.G_LOG_FLAG_RECURSION,
                HANDLER);
        try {
            claim.thread.start();
            return claim.accepted.join();
        } finally {
            LibGlibLog.g_log_remove_handler(GLIB_DOMAIN, handler);
        }
    }

    @SuppressWarnings("unused") // the target of HANDLER
    private static void onError(long domain, int level, long message, long userData) {
        try {
            WriterClaim claim = current;
            if (claim != null && Thread.currentThread() == claim.thread) {
                claim.accepted.complete(false);
                while (true) {
                    LockSupport.park();
                }
            }
            // Another thread's error, at the same moment.
            LibGlibLog.g_log_default_handler(domain, level, message);
        } catch (Throwable ignored) {
            // GLib ends the process anyway.
        }
    }
}
