package org.nettyglib.benchmarks;

import static org.nettyglib.benchmarks.GioContender.C;
import static org.nettyglib.benchmarks.GioContender.C_POLLABLE;
import static org.nettyglib.benchmarks.GioContender.FUTURES;
import static org.nettyglib.benchmarks.GioContender.OWN;
import static org.nettyglib.benchmarks.GioContender.PLAIN;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nettyglib.benchmarks.gio.GioPeer;

/** What is done, and who can do it. */
enum GioOperation {
    QUERY_INFO("query a file's size", GioPeer.QUERY_INFO, List.of(), List.of(FUTURES, PLAIN, C)),
    NOTHING("nothing", GioPeer.NOTHING, List.of(), List.of(FUTURES, PLAIN, C)),
    LOOK_UP("look localhost up", GioPeer.LOOK_UP, List.of(), List.of(OWN, C)),
    ECHO_64("echo of 64 bytes", GioPeer.STREAM, List.of("64"), List.of(OWN, C, C_POLLABLE)),
    ECHO_4096("echo of 4 KiB", GioPeer.STREAM, List.of("4096"), List.of(OWN, C, C_POLLABLE)),
    TRUE("run true", GioPeer.PROCESS, List.of("true"), List.of(OWN, C)),
    CAT("run cat with pipes", GioPeer.PROCESS, List.of("cat"), List.of(OWN, C));

    private final String title;
    private final String program;
    private final List<String> arguments;
    private final List<GioContender> contenders;

    GioOperation(String title, String program, List<String> arguments, List<GioContender> contenders) {
        this.title = title;
        this.program = program;
        this.arguments = arguments;
        this.contenders = contenders;
    }

    /** The name in the tables. */
    String title() {
        return title;
    }

    /** The name on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The peer in C, which is also what {@link GioPeer} calls it. */
    String program() {
        return program;
    }

    /**
     * What the program is told.
     *
     * @param file that it may ask for
     * @param size of the file, in bytes
     */
    List<String> arguments(Path file, int size) {
        return this == QUERY_INFO ? List.of(file.toString(), Integer.toString(size)) : arguments;
    }

    /** Those that can do it, in the order of the tables. */
    List<GioContender> contenders() {
        return contenders;
    }

    static GioOperation byId(String id) {
        return Arrays.stream(values())
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown operation '" + id + "', known: "
                        + Arrays.stream(values()).map(GioOperation::id).collect(Collectors.joining(", "))));
    }
}
