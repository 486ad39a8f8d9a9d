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

    /** Each turn of a flood spends it. */
    private static final long BUDGET = TimeUnit.MILLISECONDS.toNanos(1);

    @RegisterExtension
    private final BackendFixture fixture = new BackendFixture(BUDGET);

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

    /** A pipe that is always readable, and takes its time. */
    private WatchedPipe flood(String name, int priority) {
        return fixture.pipe(name, priority).neverEmptied().write().then(PauseTest::spend);
    }

    private static void spend() {
        long end = System.nanoTime() + BUDGET;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private int count(String name) {
        return Collections.frequency(fixture.log(), name);
    }

    @Test
    void shouldLetEachLowerPriorityHaveItsTurn() {
        flood("flood", DEFAULT);
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
        flood("flood", DEFAULT);
        fixture.pipe("idle", IDLE, others).write();
        fixture.nestUntilQuiet();
        assertThat(fixture.log()).startsWith("flood").contains("idle");
        assertThat(count("flood")).isGreaterThan(1);
    }

    @Test
    void shouldPauseEverySourceOfTheLoop() {
        flood("high", -100);
        flood("flood", DEFAULT);
        fixture.pipe("redraw", REDRAW, others).write();
        fixture.pipe("idle", IDLE, others).write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).startsWith("high").contains("redraw", "idle");
        assertThat(count("high")).isGreaterThan(1);
    }

    /** They are somebody's lower priorities, too. */
    @Test
    void shouldLetItsOwnLowerPrioritiesHaveTheirTurn() {
        flood("flood", DEFAULT);
        flood("own", 100);
        fixture.pipe("idle", IDLE, others).write();
        for (int i = 0; i < 10; i++) {
            fixture.iterateUntilQuiet();
        }
        assertThat(fixture.log()).startsWith("flood").contains("idle");
        assertThat(count("own")).isGreaterThan(1);
        assertThat(count("flood")).isGreaterThan(1);
    }

    /** GLib has an order among the sources of one priority, and the first must not take all the time. */
    @Test
    void shouldServeEverybodyOfOnePriority() {
        for (int i = 0; i < 3; i++) {
            flood("flood " + i, DEFAULT);
        }
        for (int i = 0; i < 10; i++) {
            fixture.iterateUntilQuiet();
        }
        assertThat(count("flood 0")).isPositive();
        assertThat(count("flood 1")).isPositive();
        assertThat(count("flood 2")).isPositive();
    }

    /** The two are not ready in the pause, but before the third again as soon as it is over. */
    @Test
    void shouldServeAThirdBesideTwoThatPlayPingPong() {
        WatchedPipe ping = fixture.pipe("ping", DEFAULT);
        WatchedPipe pong = fixture.pipe("pong", DEFAULT);
        ping.then(() -> {
            spend();
            pong.write();
        });
        pong.then(() -> {
            spend();
            ping.write();
        });
        fixture.pipe("third", DEFAULT).write();
        ping.write();
        for (int i = 0; i < 10; i++) {
            fixture.iterateUntilQuiet();
        }
        assertThat(count("ping")).isGreaterThan(5);
        assertThat(count("third")).isEqualTo(1);
    }

    @Test
    void shouldGoOnWhenOthersComeToNoEnd() {
        flood("flood", DEFAULT);
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
        flood("flood", DEFAULT).then(() -> {
            spend();
            fixture.tasks().add(() -> fixture.log().add("task"));
        });
        fixture.pipe("idle", IDLE, others).write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).contains("idle");
        assertThat(count("task")).isGreaterThan(1);
    }

    @Test
    void shouldObeyAnInterestThatChangesInThePause() {
        WatchedPipe muted = flood("muted", DEFAULT);
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
        flood("flood", DEFAULT);
        WatchedPipe later = new WatchedPipe("later", fixture.backend(), fixture.log());
        later.write();
        fixture.pipe("idle", IDLE, others).write().then(() -> later.watch().interest(PollBits.IN, -50));
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).contains("later");
        later.close();
    }

    @Test
    void shouldCloseInThePause() {
        ReadinessBackend closed = fixture.open(BUDGET);
        closed.attach();
        WatchedPipe flood = new WatchedPipe("closed", closed, fixture.log());
        flood.neverEmptied().write().then(PauseTest::spend);
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
        flood("flood", DEFAULT);
        fixture.iterateUntilQuiet();
        LoopStatistics statistics = fixture.statistics();
        assertThat(statistics.yields()).isPositive().isEqualTo(statistics.dispatches());
        assertThat(statistics.longestDispatchNanos()).isPositive().isLessThanOrEqualTo(statistics.dispatchNanos());
        assertThat(statistics.nestingDepth()).isZero();
    }
}
