package org.nettyglib.gio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.nettyglib.channel.Await;

/**
 * The descriptors of this process that lead to another: pipes, sockets and processes. Not those of contexts, which java-gi drops
 * with its objects.
 */
record OpenEnds(Set<String> targets) {
    private static final Path FD = Path.of("/proc/self/fd");

    static OpenEnds now() {
        Set<String> targets = new TreeSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(FD)) {
            for (Path link : links) {
                String target = target(link);
                if (target.startsWith("pipe:") || target.startsWith("socket:") || target.endsWith("[pidfd]")) {
                    targets.add(link.getFileName() + " " + target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OpenEnds(targets);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    /** Waits until no more are open than these. */
    void assertNoMore() throws InterruptedException {
        Await.until(() -> openedSince().isEmpty(), () -> "all closed, but not " + openedSince());
    }

    private Set<String> openedSince() {
        Set<String> since = now().targets();
        since.removeAll(targets);
        return since;
    }
}
