package org.nettyglib.benchmarks.server;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.gnome.glib.MainContext;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibLoopOptions;
import org.nettyglib.loop.GLibTransport;

/**
 * An echo server beside a window, in the manner of a GTK program: the main thread runs the application. Netty is attached to its main
 * loop, or has a thread of its own.
 *
 * <p>The arguments are a {@linkplain Transport#id() transport}, which is attached if it can be; {@link #WINDOW} or {@link #BARE}; and
 * perhaps two numbers for a loop that is attached: its priority, as GLib counts, and its budget in milliseconds. The commands are {@link #ANIMATE}, {@link #REST} and
 * {@link #FRAMES} with two instants of {@link System#nanoTime()}, which is answered with
 * {@code frames=… longest_gap_us=…}.
 */
public final class UiServer {

    /** There is a window. */
    public static final String WINDOW = "window";

    /** There is no window, and the main thread runs a plain GMainLoop. */
    public static final String BARE = "bare";

    /** The command that starts the animation. */
    public static final String ANIMATE = "animate";

    /** The command that stops it. */
    public static final String REST = "rest";

    /** The command that asks for the frames of a window of time. */
    public static final String FRAMES = "frames";

    private final FrameLog frames = new FrameLog();
    private final UiQueue queue = new UiQueue(MainContext.default_());
    private final Transport transport;
    private final UiHost host;
    private final List<String> numbers;

    private UiServer(List<String> arguments) {
        transport = Transport.byId(arguments.getFirst());
        host = arguments.get(1).equals(WINDOW) ? new AnimatedWindow(frames) : new BareLoop();
        numbers = arguments.subList(2, arguments.size());
    }

    public static void main(String[] args) {
        GLibTransport.initJavaGi();
        UiServer server = new UiServer(List.of(args));
        Thread.ofPlatform().name("bench-control").start(server::serve);
        server.host.run();
    }

    /** On a thread beside the main one, which has to iterate. */
    private void serve() {
        try {
            EventLoopGroup group = transport
                    .loopOptions()
                    .<EventLoopGroup>map(options -> GLibEventLoopGroup.attach(MainContext.default_(), with(options)))
                    .orElseGet(transport::newGroup);
            BenchServer.run(group, loop -> EchoServer.bind(transport, loop), this::obey);
            queue.execute(host::close);
        } catch (Throwable t) {
            // Nothing else would end the main loop.
            t.printStackTrace();
            System.exit(1);
        }
    }

    private GLibLoopOptions with(GLibLoopOptions defaults) {
        return numbers.isEmpty()
                ? defaults
                : defaults.priority(Integer.parseInt(numbers.getFirst()))
                        .dispatchBudget(Duration.ofMillis(Integer.parseInt(numbers.getLast())));
    }

    private String obey(String command) {
        String[] words = command.split(" ", -1);
        return switch (words[0]) {
            case ANIMATE -> animate(true);
            case REST -> animate(false);
            case FRAMES ->
                frames.between(Long.parseLong(words[1]), Long.parseLong(words[2]))
                        .toString();
            default -> BenchServer.refuse(command);
        };
    }

    private String animate(boolean on) {
        FutureTask<String> task = new FutureTask<>(() -> host.animate(on), "done");
        queue.execute(task);
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the window does not move", e);
        }
    }
}
