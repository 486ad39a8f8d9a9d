package org.nettyglib.testsuite;

import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Addresses for Unix domain sockets. The paths are in a directory that goes away with the JVM, because not every channel
 * removes its path: a client that was bound, a datagram channel, and the servers of NIO do not.
 */
public final class DomainAddresses {

    private static final Path DIRECTORY = temporaryDirectory();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private DomainAddresses() {}

    /** A path where there is nothing yet. Any thread. */
    public static DomainSocketAddress newPath() {
        return new DomainSocketAddress(
                DIRECTORY.resolve("socket-" + COUNT.incrementAndGet()).toFile());
    }

    /** A name that is in no file system. Any thread. */
    public static DomainSocketAddress newAbstractName() {
        return new DomainSocketAddress("\0netty-glib-" + UUID.randomUUID());
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("netty-glib-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                Files.deleteIfExists(path);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
