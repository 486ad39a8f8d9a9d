package org.nettyglib.channel;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file that a bind to a path has made, to be deleted in the end: unless another server has put its own in its place
 * meanwhile.
 */
final class SocketFile {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(SocketFile.class);

    // sys/stat.h
    private static final int S_IFMT = 0170000;
    private static final int S_IFSOCK = 0140000;

    private final Path path;

    /** Device and inode. */
    private final Object key;

    private SocketFile(Path path, Object key) {
        this.path = path;
        this.key = key;
    }

    /**
     * Fails if there is a file of that name which is no socket: Netty's bind would delete it.
     */
    static void requireNoOtherFile(DomainSocketAddress address) throws BindException {
        if (!isPath(address)) {
            return;
        }
        boolean free;
        try {
            int mode = (int) Files.getAttribute(Path.of(address.path()), "unix:mode", LinkOption.NOFOLLOW_LINKS);
            free = (mode & S_IFMT) == S_IFSOCK;
        } catch (IOException | InvalidPathException e) {
            // Nothing is there, or nothing that can be looked at: the kernel says what it thinks of it.
            return;
        }
        if (!free) {
            throw new BindException("Address already in use, by a file that is no socket: " + address.path());
        }
    }

    private static boolean isPath(DomainSocketAddress address) {
        return !address.path().isEmpty() && address.path().charAt(0) != '\0';
    }

    /** The file of a socket that was just bound, or null if its name is no path. */
    static @Nullable SocketFile of(DomainSocketAddress address) {
        if (!isPath(address)) {
            return null;
        }
        try {
            Path path = Path.of(address.path());
            return new SocketFile(path, attributesOf(path).fileKey());
        } catch (IOException | InvalidPathException e) {
            logger.debug("Cannot see the file of {}; it will not be deleted.", address, e);
            return null;
        }
    }

    private static BasicFileAttributes attributesOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    void delete() {
        try {
            if (attributesOf(path).fileKey().equals(key)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            logger.debug("Cannot delete {}", path, e);
        }
    }
}
