package org.nettyglib.examples.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nettyglib.examples.live.media.Picture;
import org.nettyglib.gstreamer.GstException;
import org.nettyglib.loop.GLibBackend;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code script/demo}. */
@Command(
        name = "demo",
        description =
                "Shows a live GStreamer pipeline on a web page: Netty and GStreamer on one GLib main loop, in one thread.",
        mixinStandardHelpOptions = true,
        version = "Netty on GLib, demo",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well",
            "1:it cannot run, or the check failed; the reason is printed",
            "2:wrong options"
        })
public final class LiveDemo implements Callable<Integer> {

    /** The size of the picture. */
    record Size(int width, int height) {}

    static final class Source {

        @Option(
                names = "--pipeline",
                paramLabel = "DESCRIPTION",
                description =
                        "Show this pipeline, as gst-launch-1.0 takes it, ending in raw video; for example \"v4l2src\".")
        @Nullable String pipeline;

        @Option(names = "--file", paramLabel = "FILE", description = "Show this media file.")
        @Nullable Path file;
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ArgGroup
    private @Nullable Source source;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Listen on this port, 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "localhost",
            description = "Listen on this address; 0.0.0.0 lets other machines see the page and press its buttons"
                    + " (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String bind;

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            converter = SizeConverter.class,
            description = "The size of the picture (default: 960x540; a pipeline of your own stays as it is).")
    private @Nullable Size size;

    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "Frames per second (default: 30; a pipeline of your own stays as it is).")
    private @Nullable Integer fps;

    @Option(names = "--sound", description = "With sound: a metronome for the test picture, or the file's own.")
    private boolean sound;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            converter = BackendConverter.class,
            description = "How the loop watches its sockets: epoll-set (the default) or source-per-fd.")
    private @Nullable GLibBackend backend;

    @Option(
            names = "--check",
            description =
                    "Run without a page on a free port, fetch pictures, pause, go on, and say whether all was well.")
    private boolean check;

    /** Creates the command, to be filled in by picocli. */
    public LiveDemo() {}

    /**
     * Runs the command and ends the JVM.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new LiveDemo()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (check) {
                return LiveCheck.run(settings("localhost", 0), System.out) ? 0 : 1;
            }
            serve(settings(bind, port));
            return 0;
        } catch (LiveException | GstException e) {
            error(String.valueOf(e.getMessage()));
            return 1;
        } catch (UnsatisfiedLinkError e) {
            error("The demo cannot run here: " + e.getMessage());
            return 1;
        }
    }

    private void error(String message) {
        spec.commandLine().getErr().println(message);
        spec.commandLine().getErr().flush();
    }

    private void serve(LiveServer.Settings settings) throws InterruptedException {
        LiveServer server = LiveServer.start(settings);
        // Ctrl-C and SIGTERM end in the JVM's shutdown hooks.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        System.out.printf(
                """

                  Netty on GLib: one main loop, one thread
                  Open   http://%s:%d
                  Stop   Ctrl-C

                """,
                bind.contains(":") ? "[" + bind + "]" : bind.equals("0.0.0.0") ? "localhost" : bind, server.port());
        server.awaitClosed();
    }

    private static void stop(LiveServer server) {
        server.close();
        System.out.println("Stopped: the pipeline is down, all connections are closed.");
        System.out.flush();
    }

    private LiveServer.Settings settings(String host, int onPort) {
        return new LiveServer.Settings(picture(), host, onPort, backend == null ? GLibBackend.fromProperty() : backend);
    }

    private Picture picture() {
        if (source != null && source.pipeline != null) {
            if (sound) {
                throw wrong("--sound goes with the test picture or --file, not with --pipeline.");
            }
            String description = source.pipeline.strip();
            if (description.isEmpty()) {
                throw wrong("--pipeline is empty.");
            }
            return new Picture.Own(description, size == null && fps == null ? null : format());
        }
        if (source != null && source.file != null) {
            if (!Files.isReadable(source.file) || Files.isDirectory(source.file)) {
                throw new LiveException("There is no file " + source.file + " that can be read.");
            }
            return new Picture.File(source.file.toAbsolutePath(), format(), sound);
        }
        return new Picture.Test(format(), sound);
    }

    private Picture.Format format() {
        Size wanted = size == null ? new Size(960, 540) : size;
        int rate = fps == null ? 30 : fps;
        if (rate < 1 || rate > 120) {
            throw wrong("--fps is between 1 and 120.");
        }
        return new Picture.Format(wanted.width(), wanted.height(), rate);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    static final class SizeConverter implements ITypeConverter<Size> {

        @Override
        public Size convert(String text) {
            String[] parts = text.toLowerCase(Locale.ROOT).split("x", -1);
            try {
                if (parts.length == 2) {
                    Size size = new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
                    if (size.width() >= 16 && size.height() >= 16 && size.width() <= 4096 && size.height() <= 4096) {
                        return size;
                    }
                }
            } catch (NumberFormatException e) {
                // The same message as for any other nonsense.
            }
            throw new TypeConversionException("\"" + text + "\" is no size like 960x540, from 16x16 to 4096x4096");
        }
    }

    static final class BackendConverter implements ITypeConverter<GLibBackend> {

        @Override
        public GLibBackend convert(String text) {
            return switch (text) {
                case "epoll-set" -> GLibBackend.EPOLL_SET;
                case "source-per-fd" -> GLibBackend.SOURCE_PER_FD;
                default -> throw new TypeConversionException("\"" + text + "\" is neither epoll-set nor source-per-fd");
            };
        }
    }
}
