package org.nettyglib.benchmarks.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nettyglib.benchmarks.server.Transport;

/** A server that takes part, in the order of the tables. */
public enum Contender {
    EPOLL("Netty epoll", Transport.EPOLL),
    NIO("Netty NIO", Transport.NIO),
    GLIB_EPOLL_SET("Netty on GLib, epoll set", Transport.GLIB_EPOLL_SET),
    GLIB_SOURCE_PER_FD("Netty on GLib, source per fd", Transport.GLIB_SOURCE_PER_FD),
    GLIB_C("C on GLib, g_unix_fd_add", "glib-echo"),
    GIO_C("C on GIO, async streams", "gio-echo"),
    GLIB_UDP_C("C on GLib, g_unix_fd_add", "glib-udp"),
    SOUP_C("C on libsoup 3", "soup-hello");

    /** Those that can echo a stream. */
    public static final List<Contender> ECHO = List.of(EPOLL, NIO, GLIB_EPOLL_SET, GLIB_SOURCE_PER_FD, GLIB_C, GIO_C);

    /** Those that can echo datagrams. */
    public static final List<Contender> UDP = List.of(EPOLL, NIO, GLIB_EPOLL_SET, GLIB_SOURCE_PER_FD, GLIB_UDP_C);

    /** Those that can send a file. */
    public static final List<Contender> FILE = List.of(EPOLL, NIO, GLIB_EPOLL_SET, GLIB_SOURCE_PER_FD);

    /** Those that can hand messages over to a user interface, on the JVM as all of that is. */
    public static final List<Contender> HANDOVER = List.of(EPOLL, NIO, GLIB_EPOLL_SET, GLIB_SOURCE_PER_FD);

    /** Those that can serve HTTP. */
    public static final List<Contender> HTTP = List.of(EPOLL, NIO, GLIB_EPOLL_SET, GLIB_SOURCE_PER_FD, SOUP_C);

    /** What the others are compared with. */
    public static final Contender YARDSTICK = EPOLL;

    private final String title;
    private final String program;
    private final boolean netty;

    Contender(String title, Transport transport) {
        this.title = title;
        this.program = transport.id();
        this.netty = true;
    }

    Contender(String title, String program) {
        this.title = title;
        this.program = program;
        this.netty = false;
    }

    /** The name in the tables. */
    public String title() {
        return title;
    }

    /** The name on the command line: the transport's id, or the peer's program. */
    public String id() {
        return program;
    }

    /**
     * Whether it runs on the JVM and has to get warm. A Netty server that fails or stalls fails the benchmark; a C peer may
     * stall, as GLib's loop is known to do with very many connections.
     */
    public boolean isNetty() {
        return netty;
    }

    /** The command that starts it. */
    List<String> command(Class<?> nettyMain, List<String> arguments, Toolbox tools) {
        List<String> command =
                new ArrayList<>(netty ? tools.java(nettyMain, List.of(program)) : List.of(tools.peer(program)));
        command.addAll(arguments);
        return command;
    }

    public static Contender byId(String id) {
        return Arrays.stream(values())
                .filter(contender -> contender.program.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown server '" + id + "', known: "
                        + Arrays.stream(values()).map(Contender::id).collect(Collectors.joining(", "))));
    }
}
