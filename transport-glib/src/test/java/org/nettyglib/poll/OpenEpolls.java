package org.nettyglib.poll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The epoll instances that this process has open. */
final class OpenEpolls {
    private OpenEpolls() {}

    static long count() {
        long count = 0;
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path link : links) {
                count += isEpoll(link) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    private static boolean isEpoll(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString().equals("anon_inode:[eventpoll]");
        } catch (NoSuchFileException closedMeanwhile) {
            return false;
        }
    }
}
