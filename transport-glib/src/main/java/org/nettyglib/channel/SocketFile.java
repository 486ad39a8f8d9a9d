package org.nettyglib.channel;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
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

    private final Path path;
    private final Object key;

    private SocketFile(Path path, Object key) {
        this.path = path;
        this.key = key;
    }

    /** The file of a socket that was just bound, or null if its name is no path. */
    static @Nullable SocketFile of(DomainSocketAddress address) {
        if (address.path().isEmpty() || address.path().charAt(0) == '\0') {
            return null;
        }
        try {
            Path path = Path.of(address.path());
            return new SocketFile(path, keyOf(path));
        } catch (IOException | InvalidPathException e) {
            logger.debug("Cannot see the file of {}; it will not be deleted.", address, e);
            return null;
        }
    }

    /** Device and inode. */
    private static Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    void delete() {
        try {
            if (keyOf(path).equals(key)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            logger.debug("Cannot delete {}", path, e);
        }
    }
}
