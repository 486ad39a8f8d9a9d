package org.nettyglib.channel;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nettyglib.ffi.Errno;
import org.nettyglib.ffi.Fcntl;
import org.nettyglib.ffi.LibC;

/**
 * A descriptor that a channel has taken over: one that can be waited for, and does not block as long as the channel has
 * it. It is a terminal or not, which matters for its end.
 */
final class DescriptorEnd {
    /** {@code asm-generic/errno-base.h}: EPERM. */
    private static final int EPERM = 1;

    private final FileDescriptor fd;
    private final StatusFlags flags;
    private final boolean terminal;

    private DescriptorEnd(FileDescriptor fd, StatusFlags flags, boolean terminal) {
        this.fd = fd;
        this.flags = flags;
        this.terminal = terminal;
    }

    /**
     * Looks at a descriptor and changes nothing yet.
     *
     * @throws IllegalArgumentException if it cannot be waited for, with the reason
     */
    static DescriptorEnd of(FileDescriptor fd) {
        StatusFlags flags = StatusFlags.of(fd.intValue());
        requirePollable(fd.intValue());
        return new DescriptorEnd(fd, flags, Fcntl.isatty(fd.intValue()));
    }

    /** Opens a file of the kinds that can be waited for: a device, a FIFO. */
    static FileDescriptor open(Path path, OpenOption... options) throws IOException {
        Set<OpenOption> wanted = new HashSet<>(List.of(options));
        for (OpenOption option : wanted) {
            if (option != StandardOpenOption.READ && option != StandardOpenOption.WRITE) {
                throw new UnsupportedOperationException(option + " (READ and WRITE can be used here)");
            }
        }
        int mode = Fcntl.O_RDONLY;
        if (wanted.contains(StandardOpenOption.WRITE)) {
            mode = wanted.contains(StandardOpenOption.READ) ? Fcntl.O_RDWR : Fcntl.O_WRONLY;
        }
        try (Arena arena = Arena.ofConfined()) {
            Errno errno = new Errno(arena);
            int fd = Fcntl.open(errno, path.toString(), mode | Fcntl.O_NONBLOCK | Fcntl.O_NOCTTY | Fcntl.O_CLOEXEC);
            if (fd == -1) {
                throw errno.failure("open(" + path + ')');
            }
            return new FileDescriptor(fd);
        }
    }

    /** Asks epoll, which refuses what is always ready; poll(2) would not say so. */
    private static void requirePollable(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            requirePollable(arena, new Errno(arena), fd);
        }
    }

    private static void requirePollable(Arena arena, Errno errno, int fd) {
        int epoll = errno.check(LibC.epoll_create1(errno, LibC.EPOLL_CLOEXEC), "epoll_create1");
        try {
            // linux/eventpoll.h: struct epoll_event; no events are asked for.
            long event = arena.allocate(16, Long.BYTES).address();
            if (LibC.epoll_ctl(errno, epoll, LibC.EPOLL_CTL_ADD, fd, event) != -1) {
                return;
            }
            IOException cause = errno.failure("epoll_ctl(" + fd + ')');
            if (errno.value() == EPERM) {
                throw new IllegalArgumentException(
                        "descriptor " + fd
                                + " cannot be waited for: it is a plain file, a directory or a device that is "
                                + "always ready. Read such a file with java.nio, and send it as a FileRegion.",
                        cause);
            }
            throw new IllegalArgumentException("descriptor " + fd + " cannot be waited for", cause);
        } finally {
            LibC.close(epoll);
        }
    }

    FileDescriptor fd() {
        return fd;
    }

    boolean isTerminal() {
        return terminal;
    }

    boolean isReadable() {
        return (flags.value() & Fcntl.O_ACCMODE) != Fcntl.O_WRONLY;
    }

    boolean isWritable() {
        return (flags.value() & Fcntl.O_ACCMODE) != Fcntl.O_RDONLY;
    }

    /** Has the descriptor not block from now on, unless it is closed. */
    void makeNonBlocking() {
        if (fd.isOpen()) {
            flags.makeNonBlocking();
        }
    }

    void close() throws IOException {
        if (fd.isOpen()) {
            flags.restore();
            fd.close();
        }
    }
}
