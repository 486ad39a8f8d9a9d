package org.nettyglib.examples.live.web;

import io.netty.channel.group.ChannelGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nettyglib.examples.live.media.Controls;
import org.nettyglib.examples.live.media.LivePipeline;
import org.nettyglib.examples.live.media.Stage;

/** Describes everything as it is now, for the page. What is given per second is what was counted since the last {@link #tick(long)}. */
public final class Report implements Supplier<Map<String, Object>> {

    private static final double SECOND = 1e9;

    private final Map<String, Object> about;
    private final Stage stage;
    private final FrameHub frames;
    private final ThreadLedger ledger;
    private final ChannelGroup connections;
    private final long start = System.nanoTime();

    private Clock clock = new Clock("", OptionalDouble.empty(), OptionalDouble.empty());
    private long lastTick = start;
    private long framesBefore;
    private long bytesBefore;
    private double fps;
    private double bytesPerSecond;
    private List<Double> gaps = List.of();
    private double timerLateMicros;

    private record Clock(String state, OptionalDouble position, OptionalDouble duration) {}

    /**
     * Creates the report.
     *
     * @param about what never changes: versions, the pipeline's description
     * @param stage what is on
     * @param frames where the pictures go
     * @param ledger which threads were seen
     * @param connections all connections of the loop
     */
    public Report(
            Map<String, Object> about, Stage stage, FrameHub frames, ThreadLedger ledger, ChannelGroup connections) {
        this.about = about;
        this.stage = stage;
        this.frames = frames;
        this.ledger = ledger;
        this.connections = connections;
    }

    /** Looks at the pipeline's clock. */
    public void look() {
        LivePipeline pipeline = stage.pipeline();
        if (pipeline != null) {
            clock = new Clock(pipeline.state(), pipeline.position(), pipeline.duration());
        }
    }

    /**
     * Counts what came since the last tick.
     *
     * @param lateNanos how much later than asked for the timer ran that calls this
     */
    public void tick(long lateNanos) {
        long now = System.nanoTime();
        double seconds = (now - lastTick) / SECOND;
        fps = (frames.frames() - framesBefore) / seconds;
        bytesPerSecond = (frames.bytes() - bytesBefore) / seconds;
        gaps = frames.rate().take();
        frames.viewers().forEach(viewer -> viewer.tick(seconds));
        timerLateMicros = lateNanos / 1e3;
        lastTick = now;
        framesBefore = frames.frames();
        bytesBefore = frames.bytes();
    }

    @Override
    public Map<String, Object> get() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("type", "report");
        report.put("about", about);
        report.put("uptime", Math.round((System.nanoTime() - start) / SECOND));
        report.put("pipeline", pipeline());
        report.put("controls", controls());
        report.put(
                "frames", Map.of("total", frames.frames(), "fps", fps, "bytesPerSecond", bytesPerSecond, "gaps", gaps));
        report.put("connections", Map.of("total", connections.size(), "viewers", viewers()));
        report.put("timerLateMicros", timerLateMicros);
        report.put("threads", ledger.rows());
        report.put("distinctThreads", ledger.threads().size());
        return report;
    }

    private Map<String, Object> pipeline() {
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("phase", stage.phase());
        pipeline.put("problem", stage.problem());
        pipeline.put("state", clock.state());
        pipeline.put("position", number(clock.position()));
        pipeline.put("duration", number(clock.duration()));
        return pipeline;
    }

    private Map<String, Object> controls() {
        Map<String, Object> controls = new LinkedHashMap<>();
        LivePipeline pipeline = stage.pipeline();
        if (pipeline != null) {
            Controls current = pipeline.controls();
            controls.put("patterns", Controls.PATTERNS);
            controls.put("pattern", current.pattern());
            controls.put("noPattern", current.noPattern().orElse(""));
            controls.put("text", current.text());
            controls.put("noText", current.noText().orElse(""));
            controls.put("sound", pipeline.hasSound());
        }
        return controls;
    }

    private List<Map<String, Object>> viewers() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Viewer viewer : frames.viewers()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", viewer.name());
            row.put("address", viewer.address());
            row.put("sent", viewer.sent());
            row.put("dropped", frames.dropped(viewer));
            row.put("fps", viewer.fps());
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
