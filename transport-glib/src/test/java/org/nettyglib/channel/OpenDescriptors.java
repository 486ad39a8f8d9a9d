package org.nettyglib.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The open descriptors of this process by number, without those that the JVM keeps for itself: a class that is loaded
 * for the first time may open a jar.
 */
record OpenDescriptors(Map<Integer, String> targets) {
    private static final Path FD = Path.of("/proc/self/fd");

    static OpenDescriptors now() {
        Map<Integer, String> targets = new TreeMap<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(FD)) {
            for (Path link : links) {
                add(link, targets);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OpenDescriptors(targets);
    }

    private static void add(Path link, Map<Integer, String> targets) throws IOException {
        String target;
        try {
            target = Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return;
        }
        if (!isOfTheJvm(target)) {
            targets.put(Integer.valueOf(link.getFileName().toString()), target);
        }
    }

    private static boolean isOfTheJvm(String target) {
        return target.endsWith(".jar")
                || target.endsWith(".so")
                || target.endsWith("/modules")
                || target.endsWith("random")
                || target.startsWith("/proc/")
                || target.startsWith("/sys/");
    }

    int count() {
        return targets.size();
    }
}
