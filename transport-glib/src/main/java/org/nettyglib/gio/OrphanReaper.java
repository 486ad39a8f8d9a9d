package org.nettyglib.gio;

import io.netty.channel.unix.FileDescriptor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import org.nettyglib.ffi.Pidfd;

/** Awaits a child whose loop has ended before it, so that it does not stay a zombie. Does not keep the JVM. */
final class OrphanReaper {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(OrphanReaper.class);

    private OrphanReaper() {}

    /** @param pidfd is closed here */
    static void take(int pid, FileDescriptor pidfd) {
        Thread.ofPlatform().daemon().name("glib-subprocess-" + pid).start(() -> reap(pidfd));
    }

    private static void reap(FileDescriptor pidfd) {
        try {
            Pidfd.await(pidfd.intValue());
        } catch (IOException e) {
            logger.debug("Somebody else has awaited a process.", e);
        }
        try {
            pidfd.close();
        } catch (IOException e) {
            logger.warn("The descriptor of a process could not be closed.", e);
        }
    }
}
