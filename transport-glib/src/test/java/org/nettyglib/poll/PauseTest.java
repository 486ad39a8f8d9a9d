package org.nettyglib.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A backend that is never idle, beside the sources of somebody else, which have lower priorities. */
class PauseTest {
    private static final int DEFAULT = 0;
    /** {@code gdk/gdkevents.h}: GDK_PRIORITY_REDRAW. */
    private static final int REDRAW = 120;
    /** {@code glib/gmain.h}: G_PRIORITY_DEFAULT_IDLE. */
    private static final int IDLE = 200;

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Each turn spends it. */
    private static final long TINY_BUDGET = 1;

    @RegisterExtension
    private final BackendFixture fixture = new BackendFixture(TINY_BUDGET);

    private ReadinessBackend others;

    @BeforeEach
    void openOthers() {
        others = fixture.open();
        others.attach();
    }

    @AfterEach
    void closeOthers() {
        // Its pipes are closed with it: they leave no set and no source behind.
        fixture.closePipes();
        others.close();
    }

    private int count(String name) {
        return Collections.frequency(fixture.log(), name);
    }

    @Test
    void shouldLetEachLowerPriorityHaveItsTurn() {
        fixture.pipe("flood", DEFAULT).neverEmptied().write();
        fixture.pipe("redraw", REDRAW, others).write();
        fixture.pipe("idle", IDLE, others).write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).startsWith("flood").contains("redraw", "idle");
        assertThat(count("flood")).isGreaterThan(1);
        assertThat(fixture.log().indexOf("redraw")).isLessThan(fixture.log().indexOf("idle"));
    }

    /** What GLib would do without. */
    @Test
    void shouldKeepLowerPrioritiesWaitingWithoutABudget() {
        fixture.pipe("flood", DEFAULT, others).neverEmptied().write();
        fixture.pipe("redraw", REDRAW, others).write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).isNotEmpty().containsOnly("flood");
    }

    @Test
    void shouldLetLowerPrioritiesHaveTheirTurnInANestedMainLoop() {
        fixture.pipe("flood", DEFAULT).neverEmptied().write();
        fixture.pipe("idle", IDLE, others).write();
        fixture.nestUntilQuiet();
        assertThat(fixture.log()).startsWith("flood").contains("idle");
        assertThat(count("flood")).isGreaterThan(1);
    }

    @Test
    void shouldPauseEverySourceOfTheLoop() {
        fixture.pipe("high", -100).neverEmptied().write();
        fixture.pipe("flood", DEFAULT).neverEmptied().write();
        fixture.pipe("redraw", REDRAW, others).write();
        fixture.pipe("idle", IDLE, others).write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).startsWith("high").contains("redraw", "idle");
        assertThat(count("high")).isGreaterThan(1);
    }

    @Test
    void shouldGoOnWhenOthersComeToNoEnd() {
        fixture.pipe("flood", DEFAULT).neverEmptied().write();
        fixture.pipe("redraw", REDRAW, others).neverEmptied().write();
        long end = System.nanoTime() + TIMEOUT_NANOS;
        while (count("flood") < 10 && System.nanoTime() < end) {
            fixture.iterate();
        }
        assertThat(count("flood")).isEqualTo(10);
        assertThat(count("redraw")).isPositive();
    }

    @Test
    void shouldRunTasksOfEachTurn() {
        fixture.pipe("flood", DEFAULT)
                .neverEmptied()
                .write()
                .then(() -> fixture.tasks().add(() -> fixture.log().add("task")));
        fixture.pipe("idle", IDLE, others).write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).contains("idle");
        assertThat(count("task")).isGreaterThan(1);
    }

    @Test
    void shouldObeyAnInterestThatChangesInThePause() {
        WatchedPipe muted = fixture.pipe("muted", DEFAULT).neverEmptied().write();
        WatchedPipe later = new WatchedPipe("later", fixture.backend(), fixture.log());
        later.write();
        fixture.pipe("idle", IDLE, others).write().then(() -> {
            muted.watch().interest(PollBits.NONE, DEFAULT);
            later.watch().interest(PollBits.IN, DEFAULT);
        });
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).contains("idle");
        int idle = fixture.log().indexOf("idle");
        assertThat(fixture.log().subList(idle + 1, fixture.log().size())).containsExactly("later");
        later.close();
    }

    @Test
    void shouldTakeInADescriptorOfAnotherPriorityInThePause() {
        fixture.pipe("flood", DEFAULT).neverEmptied().write();
        WatchedPipe later = new WatchedPipe("later", fixture.backend(), fixture.log());
        later.write();
        fixture.pipe("idle", IDLE, others).write().then(() -> later.watch().interest(PollBits.IN, -50));
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).contains("later");
        later.close();
    }

    @Test
    void shouldCloseInThePause() {
        ReadinessBackend closed = fixture.open(TINY_BUDGET);
        closed.attach();
        WatchedPipe flood = new WatchedPipe("closed", closed, fixture.log());
        flood.neverEmptied().write();
        flood.watch().interest(PollBits.IN, DEFAULT);
        fixture.pipe("idle", IDLE, others).write().then(() -> {
            flood.close();
            closed.close();
        });
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).startsWith("closed").endsWith("idle");
    }

    @Test
    void shouldCountThePauses() {
        fixture.pipe("flood", DEFAULT).neverEmptied().write();
        fixture.iterateUntilQuiet();
        LoopStatistics statistics = fixture.backend().statistics();
        assertThat(statistics.yields()).isPositive().isEqualTo(statistics.dispatches());
        assertThat(statistics.longestDispatchNanos()).isPositive().isLessThanOrEqualTo(statistics.dispatchNanos());
        assertThat(statistics.nestingDepth()).isZero();
        assertThat(others.statistics().yields()).isZero();
    }
}
