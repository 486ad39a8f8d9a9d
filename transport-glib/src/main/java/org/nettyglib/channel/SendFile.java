package org.nettyglib.channel;

import io.netty.channel.DefaultFileRegion;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * sendfile(2) for Netty's {@link DefaultFileRegion}: the kernel moves the bytes by itself. The region hides its file;
 * only Netty's own native code gets at it, so that is what is called here. Where modules forbid that, regions go through
 * user space.
 */
final class SendFile {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(SendFile.class);

    private static final @Nullable MethodHandle SENDFILE = find();

    private SendFile() {}

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.privateLookupIn(LinuxSocket.class, MethodHandles.lookup())
                    .findStatic(
                            LinuxSocket.class,
                            "sendFile",
                            MethodType.methodType(
                                    long.class,
                                    int.class,
                                    DefaultFileRegion.class,
                                    long.class,
                                    long.class,
                                    long.class));
        } catch (IllegalAccessException e) {
            logger.info(
                    "File regions are copied through user space, which is slower. To use sendfile(2), pass "
                            + "--add-opens io.netty.transport.classes.epoll/io.netty.channel.epoll=org.nettyglib.transport "
                            + "({})",
                    e.getMessage());
        } catch (NoSuchMethodException e) {
            logger.info(
                    "File regions are copied through user space: this version of Netty has another sendfile ({}).",
                    e.getMessage());
        }
        return null;
    }

    static boolean isAvailable() {
        return SENDFILE != null;
    }

    /**
     * Sends what is left of a region, or as much as the descriptor takes.
     *
     * @return how many bytes were sent: 0 at the end of a file that is too short, -1 if the descriptor takes nothing now
     */
    static long send(FileDescriptor to, DefaultFileRegion region) throws IOException {
        if (SENDFILE == null) {
            throw new IllegalStateException("not available");
        }
        // A region that was made of a name opens its file with its first use.
        region.open();
        long offset = region.transferred();
        long sent;
        try {
            sent = (long)
                    SENDFILE.invokeExact(to.intValue(), region, region.position(), offset, region.count() - offset);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new LinkageError("the native sendfile of Netty declares no exception", t);
        }
        return sent >= 0 ? sent : resultOf((int) sent);
    }

    private static int resultOf(int negativeErrno) throws IOException {
        int result = Errors.ioResult("sendfile", negativeErrno);
        // Told apart from the end of the file.
        return result == 0 ? -1 : result;
    }
}
