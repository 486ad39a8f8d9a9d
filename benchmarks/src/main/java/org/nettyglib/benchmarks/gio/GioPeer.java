package org.nettyglib.benchmarks.gio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import org.gnome.gio.File;
import org.gnome.gio.Gio;
import org.javagi.base.GErrorException;
import org.nettyglib.benchmarks.server.Transport;
import org.nettyglib.loop.GLibTransport;

/**
 * Does operations of one kind when it is told to. The arguments are what the program in C of the same name takes, after that name, and
 * before a contender: {@link #OWN}, {@link #FUTURES} or {@link #PLAIN}. The protocol is that of {@code peers/operations.h}.
 */
public final class GioPeer {

    /** Asks for the size of a file; with its path and size. */
    public static final String QUERY_INFO = "gio-query-info";

    /** Does nothing. */
    public static final String NOTHING = "gio-nothing";

    /** Looks a name up. */
    public static final String LOOK_UP = "gio-look-up";

    /** Has messages echoed over pairs of connections; with the bytes of a message. */
    public static final String STREAM = "gio-stream";

    /** Runs a program; with its name. */
    public static final String PROCESS = "gio-process";

    /** What this transport does by GIO's own C calls. */
    public static final String OWN = "own";

    /** {@code GioFutures} over methods of java-gi. */
    public static final String FUTURES = "futures";

    /** java-gi's methods, with a callback for each call. */
    public static final String PLAIN = "plain";

    private GioPeer() {}

    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        GLibTransport.initJavaGi();
        Gio.javagi$ensureInitialized();
        switch (arguments.getLast()) {
            case PLAIN -> onItsOwnLoop(new PlainCall<>(javaGiCall(arguments)), arguments);
            case FUTURES -> {
                NettyHost host = new NettyHost();
                serve(host, new FutureCall<>(host.loop(), javaGiCall(arguments)), arguments);
            }
            case OWN -> {
                NettyHost host = new NettyHost();
                serve(host, own(host.loop(), arguments), arguments);
            }
            default -> throw new IllegalArgumentException("no contender: " + arguments);
        }
    }

    /** The loop's thread reads the commands itself. By its name the benchmark knows it. */
    private static void onItsOwnLoop(Operation operation, List<String> arguments) throws InterruptedException {
        Thread thread = new Thread(() -> serve(new MainLoopHost(), operation, arguments), Transport.LOOP_THREAD);
        thread.start();
        thread.join();
    }

    private static Operation own(EventLoop loop, List<String> arguments) throws GErrorException {
        return switch (arguments.getFirst()) {
            case LOOK_UP -> new LookUp(loop);
            case STREAM -> new Echo(loop, Integer.parseInt(arguments.get(1)));
            case PROCESS -> arguments.get(1).equals("cat") ? new RunCat(loop) : new RunTrue(loop);
            default -> throw new IllegalArgumentException("no operation of our own: " + arguments);
        };
    }

    private static JavaGiCall<?> javaGiCall(List<String> arguments) throws GErrorException {
        return switch (arguments.getFirst()) {
            case QUERY_INFO -> new QueryInfo(File.newForPath(arguments.get(1)), Long.parseLong(arguments.get(2)));
            case NOTHING -> Nothing.create();
            default -> throw new IllegalArgumentException("no method of java-gi for " + arguments);
        };
    }

    /** Obeys until standard input ends. */
    private static void serve(Host host, Operation operation, List<String> arguments) {
        try (host) {
            System.out.println("listening " + arguments);
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(host.run(operation, Flight.Plan.parse(line)));
            }
        } catch (Exception e) {
            // Operations may be under way still, and would keep the program alive.
            e.printStackTrace();
            System.exit(1);
        }
    }
}
