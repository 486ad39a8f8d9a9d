package org.nettyglib.gio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nettyglib.channel.Await;

/** What the system says of processes, by proc(5). */
final class Children {
    private static final Path PROC = Path.of("/proc");

    private Children() {}

    /** Waits until this process has no child that has ended and was not awaited by anybody. */
    static void assertNoZombie() throws InterruptedException {
        Await.until(() -> zombies().isEmpty(), () -> "no zombie, but there are " + zombies());
    }

    private static List<String> zombies() {
        List<String> zombies = new ArrayList<>();
        String self = String.valueOf(ProcessHandle.current().pid());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String stat = stat(process);
                String[] fields = stateAndParent(stat);
                if (fields[0].equals("Z") && fields[1].equals(self)) {
                    zombies.add(stat);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return zombies;
    }

    static boolean isZombie(long pid) {
        return stateAndParent(stat(PROC.resolve(String.valueOf(pid))))[0].equals("Z");
    }

    /** They are after the name, which may contain blanks. */
    private static String[] stateAndParent(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
    }

    private static String stat(Path process) {
        try {
            return Files.readString(process.resolve("stat"));
        } catch (IOException goneMeanwhile) {
            // No such file, or no such process if it was opened before.
            return ") gone 0";
        }
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
