package org.nettyglib.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;

/** GStreamer's own player of pipelines, as the other side. */
public final class GstLaunch {

    private GstLaunch() {}

    /** Skips the test where it is missing. */
    public static void assumeInstalled() {
        Program.assumeInstalled("gst-launch-1.0", "gstreamer1.0-tools");
    }

    /** Starts a pipeline; the program ends with it. */
    public static Program start(String pipeline) throws IOException {
        List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "--verbose"));
        command.addAll(List.of(pipeline.strip().split("\\s+")));
        return Program.start(command);
    }

    /** Plays a pipeline to its end, which has to be a good one. */
    public static void play(String pipeline) throws IOException, InterruptedException {
        try (Program program = start(pipeline)) {
            program.awaitSuccess();
        }
    }

    /** Plays a pipeline to its end and counts what its {@code fakesink silent=false} of this name has got. */
    public static long count(String pipeline, String sink) throws IOException, InterruptedException {
        try (Program program = start(pipeline)) {
            program.awaitSuccess();
            return received(program, sink);
        }
    }

    /** Waits until each {@code fakesink silent=false} of these names has got so many frames. */
    public static void awaitFrames(Program player, int frames, String... sinks) throws InterruptedException {
        for (String sink : sinks) {
            Await.until(() -> received(player, sink) >= frames, () -> frames + " frames at " + sink + ", " + player);
        }
    }

    private static long received(Program player, String sink) {
        return new String(player.output(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(sink + ": last-message = chain"))
                .count();
    }
}
