package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.gnome.glib.GLib;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;

/** What Flight Recorder gets of loops, and that it costs those nothing who do not record. */
class LoopEventsTest {
    @TempDir
    private Path directory;

    private List<RecordedEvent> stop(Recording recording) throws Exception {
        recording.stop();
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }

    private List<RecordedEvent> soFar(Recording recording) {
        try {
            Path file = Files.createTempFile(directory, "so-far", ".jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<RecordedEvent> of(LoopFixture fixture, String type, List<RecordedEvent> events) {
        String loop = fixture.loop().observers().name();
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type)
                        && event.getString("loop").equals(loop))
                .toList();
    }

    @Test
    void shouldRecordMetricsOfEachLoop() throws Exception {
        try (Recording recording = new Recording();
                LoopFixture first = new LoopFixture();
                LoopFixture second = new LoopFixture()) {
            recording.enable(LoopMetricsEvent.NAME).withPeriod(Duration.ofMillis(10));
            recording.start();
            first.run(() -> {});
            second.run(() -> {});
            long iterations = first.loop().metrics().iterations();
            Await.until(
                    () -> of(first, LoopMetricsEvent.NAME, soFar(recording)).stream()
                                    .anyMatch(event -> event.getLong("iterations") >= iterations)
                            && !of(second, LoopMetricsEvent.NAME, soFar(recording))
                                    .isEmpty(),
                    () -> "metrics of both loops");
            List<RecordedEvent> events = stop(recording);
            assertThat(of(second, LoopMetricsEvent.NAME, events)).isNotEmpty();

            assertThat(of(first, LoopMetricsEvent.NAME, events))
                    .last()
                    .satisfies(event -> assertThat(event.getLong("iterations")).isGreaterThanOrEqualTo(iterations))
                    .satisfies(event -> assertThat(event.getLong("dispatches")).isPositive())
                    .satisfies(event ->
                            assertThat(event.getDuration("dispatchTime")).isPositive())
                    .satisfies(event ->
                            assertThat(event.getDuration("longestDispatch")).isPositive())
                    .satisfies(event -> assertThat(event.getInt("nestingDepth")).isZero())
                    .satisfies(event ->
                            assertThat(event.getEventType().getCategoryNames()).contains("Netty on GLib"));
        }
    }

    @Test
    void shouldRecordSlowDispatch() throws Exception {
        try (Recording recording = new Recording();
                LoopFixture fixture = new LoopFixture()) {
            recording.enable(SlowTurnEvent.NAME).withThreshold(Duration.ofMillis(1_500));
            recording.start();
            fixture.run(() -> {});
            fixture.call(() -> {
                Thread.sleep(2_000);
                return null;
            });
            // The turn goes on for a moment after its last task.
            Await.until(() -> fixture.loop().metrics().nestingDepth() == 0, () -> "the end of the turn");
            assertThat(of(fixture, SlowTurnEvent.NAME, stop(recording)))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofSeconds(2)))
                    .satisfies(event -> assertThat(event.getInt("nestingDepth")).isOne())
                    .satisfies(event -> assertThat(event.getThread().getJavaName())
                            .isEqualTo(fixture.call(() -> Thread.currentThread().getName())));
        }
    }

    @Test
    void shouldNotTakeNestedMainLoopForSlowDispatch() throws Exception {
        try (Recording recording = new Recording();
                LoopFixture fixture = new LoopFixture()) {
            recording.enable(SlowTurnEvent.NAME).withThreshold(Duration.ofMillis(1_500));
            recording.start();
            fixture.run(() -> {
                MainLoop nested = fixture.newMainLoop();
                fixture.attach(GLib.timeoutSourceNew(3_000), () -> {
                    nested.quit();
                    return false;
                });
                nested.run();
            });
            assertThat(of(fixture, SlowTurnEvent.NAME, stop(recording))).isEmpty();
        }
    }

    @Test
    void shouldRecordStall() throws Exception {
        GLibLoopOptions options = GLibLoopOptions.defaults().watchdog(Duration.ofSeconds(1));
        try (Recording recording = new Recording();
                CapturedLog log = new CapturedLog();
                LoopFixture fixture = new LoopFixture(new GLibEventLoopGroup(1, null, options))) {
            recording.enable(StallEvent.NAME);
            recording.start();
            fixture.call(() -> {
                log.await("has not been iterated");
                return null;
            });
            log.await("is iterated again");
            // Recorded after it was logged.
            Await.until(
                    () -> of(fixture, StallEvent.NAME, soFar(recording)).size() > 1,
                    () -> "the end of the stall is recorded");
            List<RecordedEvent> stalls = of(fixture, StallEvent.NAME, stop(recording));
            assertThat(stalls).extracting(event -> event.getBoolean("over")).containsExactly(false, true);
            String thread = fixture.call(() -> Thread.currentThread().getName());
            assertThat(stalls)
                    .allSatisfy(
                            event -> assertThat(event.getThread("stalledThread").getJavaName())
                                    .isEqualTo(thread))
                    .allSatisfy(event ->
                            assertThat(event.getDuration("stalledFor")).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
        }
    }

    @Test
    void shouldForgetLoopThatHasEnded() throws Exception {
        LoopEvents events;
        try (LoopFixture fixture = new LoopFixture()) {
            fixture.run(() -> {});
            events = fixture.loop().observers().events();
            assertThat(LoopEvents.all()).contains(events);
        }
        assertThat(LoopEvents.all()).doesNotContain(events);
    }

    private static String run(String option) throws Exception {
        List<String> command = Program.java(LoopEventsProgram.class);
        command.add(1, option);
        try (Program program = Program.start(command)) {
            return new String(program.awaitSuccess(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldRunWithoutTheModule() throws Exception {
        assertThat(run("--limit-modules=java.base,java.logging,java.management,jdk.unsupported"))
                .contains("jdk.jfr false")
                .endsWith("done\n");
    }

    @Test
    void shouldLoadNoEventClassWhileNobodyRecords() throws Exception {
        assertThat(run("-Xlog:class+load"))
                .contains("jdk.jfr true")
                .contains(" " + LoopEvents.class.getName() + " ")
                .doesNotContain(SlowTurnEvent.class.getName())
                .doesNotContain(LoopMetricsEvent.class.getName())
                .doesNotContain(StallEvent.class.getName())
                .doesNotContain("jdk.jfr.Event ")
                .contains("done\n");
    }
}
