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
    SOUP_C("C on libsoup 3", "soup-hello"),
    TCP_SERVER_SINK("C, tcpserversink", "tcpserversink", "gst-media", "tcpserversink"),
    MULTI_FD_SINK("C, multifdsink", "multifdsink", "gst-media", "multifdsink");

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

    /** Those that can send a stream of GStreamer's. */
    public static final List<Contender> MEDIA =
            List.of(GLIB_EPOLL_SET, GLIB_SOURCE_PER_FD, TCP_SERVER_SINK, MULTI_FD_SINK);

    /** What the others are compared with, unless a command says otherwise. */
    public static final Contender YARDSTICK = EPOLL;

    private final String title;
    private final String id;
    private final List<String> peer;
    private final boolean netty;

    Contender(String title, Transport transport) {
        this.title = title;
        this.id = transport.id();
        this.peer = List.of();
        this.netty = true;
    }

    Contender(String title, String program) {
        this(title, program, program);
    }

    /** A peer's program that is several servers, and what it is told to be this one. */
    Contender(String title, String id, String... peer) {
        this.title = title;
        this.id = id;
        this.peer = List.of(peer);
        this.netty = false;
    }

    /** The name in the tables. */
    public String title() {
        return title;
    }

    /** The name on the command line: the transport's id, or the peer's. */
    public String id() {
        return id;
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
        List<String> command = new ArrayList<>();
        if (netty) {
            command.addAll(tools.java(nettyMain, List.of(id)));
        } else {
            command.add(tools.peer(peer.getFirst()));
            command.addAll(peer.subList(1, peer.size()));
        }
        command.addAll(arguments);
        return command;
    }

    public static Contender byId(String id) {
        return Arrays.stream(values())
                .filter(contender -> contender.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown server '" + id + "', known: "
                        + Arrays.stream(values()).map(Contender::id).collect(Collectors.joining(", "))));
    }
}
