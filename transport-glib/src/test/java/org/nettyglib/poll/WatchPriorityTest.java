package org.nettyglib.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Watches of several priorities on one context, without a loop. */
class WatchPriorityTest {
    private static final int HIGH = -100;
    private static final int DEFAULT = 0;
    /** {@code glib/gmain.h}: G_PRIORITY_DEFAULT_IDLE. */
    private static final int IDLE = 200;

    @RegisterExtension
    private final BackendFixture fixture = new BackendFixture();

    @Test
    void shouldDispatchTheHighestPriorityThatIsReadyAndNoOther() {
        fixture.pipe("idle", IDLE).write();
        fixture.pipe("default", DEFAULT).write();
        fixture.pipe("high", HIGH).write();

        fixture.iterate();
        assertThat(fixture.log()).containsExactly("high");
        fixture.iterate();
        assertThat(fixture.log()).containsExactly("high", "default");
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).containsExactly("high", "default", "idle");
    }

    @Test
    void shouldDispatchAllOfOnePriorityTogether() {
        for (int i = 0; i < 10; i++) {
            fixture.pipe("high", HIGH).write();
        }
        fixture.iterate();
        assertThat(fixture.log()).hasSize(10);
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).hasSize(10);
    }

    @Test
    void shouldLetALowPriorityWaitForAsLongAsAnotherIsReady() {
        fixture.pipe("idle", IDLE).write();
        WatchedPipe busy = fixture.pipe("default", DEFAULT).neverEmptied().write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).isNotEmpty().containsOnly("default");

        busy.empty();
        fixture.log().clear();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).containsExactly("idle");
    }

    @Test
    void shouldRunTasksBetweenTheHigherAndTheLowerPriorities() {
        fixture.tasks().add(() -> fixture.log().add("task"));
        fixture.pipe("idle", IDLE).write();
        fixture.pipe("high", HIGH).write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).containsExactly("high", "task", "idle");
    }

    /** Only GLib's code polls there. */
    @Test
    void shouldDispatchByPriorityInANestedMainLoopToo() {
        fixture.pipe("idle", IDLE).write();
        fixture.pipe("default", DEFAULT).write();
        fixture.pipe("high", HIGH).write();
        fixture.nestUntilQuiet();
        assertThat(fixture.log()).containsExactly("high", "default", "idle");
    }

    @Test
    void shouldDeliverEachEventOnceAcrossNestedLoops() {
        WatchedPipe first = fixture.pipe("first", HIGH).write();
        for (int i = 0; i < 5; i++) {
            fixture.pipe("other", HIGH).write().then(fixture::nestUntilQuiet);
        }
        first.then(fixture::nestUntilQuiet);
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).hasSize(6).containsOnlyOnce("first");
    }

    @Test
    void shouldDispatchAHigherPriorityInsideAnEventOfALowerOne() {
        WatchedPipe high = fixture.pipe("high", HIGH);
        fixture.pipe("idle", IDLE).write().then(() -> {
            high.write();
            fixture.nestUntilQuiet();
            fixture.log().add("idle ends");
        });
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).containsExactly("idle", "high", "idle ends");
    }

    @Test
    void shouldChangeInsideItsOwnEvent() {
        WatchedPipe pipe = fixture.pipe("changing", DEFAULT);
        WatchedPipe other = fixture.pipe("other", DEFAULT);
        pipe.then(() -> pipe.watch().interest(PollBits.IN, IDLE)).write();
        fixture.iterateUntilQuiet();
        pipe.then(() -> pipe.watch().interest(PollBits.IN, HIGH)).write();
        other.write();
        fixture.iterateUntilQuiet();
        pipe.write();
        other.write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).containsExactly("changing", "other", "changing", "changing", "other");
    }

    /** Its event is in the batch that is being delivered. */
    @Test
    void shouldDeliverAnEventOnceWhoseWatchIsMovedMeanwhile() {
        for (int from : new int[] {DEFAULT, HIGH, IDLE}) {
            for (int to : new int[] {DEFAULT, HIGH, IDLE}) {
                fixture.log().clear();
                WatchedPipe first = fixture.pipe("pipe", from);
                WatchedPipe second = fixture.pipe("pipe", from);
                first.then(() -> second.watch().interest(PollBits.IN, to)).write();
                second.then(() -> first.watch().interest(PollBits.IN, to)).write();
                fixture.iterateUntilQuiet();
                assertThat(fixture.log()).as("from %d to %d", from, to).hasSize(2);
                first.close();
                second.close();
            }
        }
        assertThat(fixture.extras()).isZero();
    }

    @Test
    void shouldDropTheEventOfAWatchThatIsClosedMeanwhile() {
        WatchedPipe one = fixture.pipe("one", HIGH).write();
        WatchedPipe two = fixture.pipe("two", HIGH).write();
        one.then(two::close);
        two.then(one::close);
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).hasSize(1);
    }

    @Test
    void shouldDropTheEventOfAWatchThatHasNoInterestAnyMore() {
        for (int priority : new int[] {DEFAULT, HIGH}) {
            fixture.log().clear();
            WatchedPipe one = fixture.pipe("one", priority).write();
            WatchedPipe two = fixture.pipe("two", priority).write();
            one.then(() -> two.watch().interest(PollBits.NONE, priority));
            two.then(() -> one.watch().interest(PollBits.NONE, priority));
            fixture.iterateUntilQuiet();
            assertThat(fixture.log()).hasSize(1);
        }
    }

    /** The set is closed while it delivers, and made again. */
    @Test
    void shouldTakeTheLastWatchAwayInsideANestedLoopInsideItsEvent() {
        WatchedPipe leaving = fixture.pipe("leaving", HIGH).write();
        leaving.then(() -> {
            WatchedPipe closing = fixture.pipe("closing", HIGH).write();
            leaving.watch().interest(PollBits.IN, IDLE);
            closing.then(() -> {
                closing.close();
                leaving.then(() -> {}).write();
            });
            fixture.nestUntilQuiet();
            fixture.pipe("again", HIGH).write();
        });
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).containsExactly("leaving", "closing", "leaving", "again");
    }

    /** It must not be polled: poll(2) would report its hang-up for ever. */
    @Test
    void shouldKeepAWatchWithoutInterestOutWhateverItsPriority() {
        WatchedPipe pipe = fixture.pipe("pipe", DEFAULT).write();
        pipe.watch().interest(PollBits.NONE, HIGH);
        pipe.watch().interest(PollBits.NONE, IDLE);
        pipe.hangUp();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).isEmpty();
        pipe.watch().interest(PollBits.IN, IDLE);
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).startsWith("pipe");
    }

    @Test
    void shouldLeaveNothingBehindAfterManyChanges() {
        WatchedPipe pipe = fixture.pipe("pipe", DEFAULT);
        long before = fixture.extras();
        for (int i = 0; i < 1_000; i++) {
            pipe.watch().interest(PollBits.IN, i % 7 - 3);
            pipe.write();
            fixture.iterateUntilQuiet();
        }
        pipe.watch().interest(PollBits.IN, DEFAULT);
        assertThat(fixture.log()).hasSize(1_000);
        assertThat(fixture.extras()).isEqualTo(before);
        pipe.close();
        assertThat(fixture.extras()).isZero();
    }

    @Test
    void shouldWaitUntilAWatchOfAnyPriorityIsReady() throws InterruptedException {
        for (int priority : new int[] {HIGH, DEFAULT, IDLE}) {
            WatchedPipe pipe = fixture.pipe("pipe", priority);
            Thread writer = Thread.ofPlatform().start(pipe::write);
            while (fixture.log().isEmpty()) {
                fixture.backend().iterate(true);
            }
            writer.join();
            fixture.log().clear();
        }
    }

    /** The thread is perhaps somebody else's: it must not sleep meanwhile. */
    @Test
    void shouldPauseForASecondWhenADispatchFails() {
        fixture.pipe("pipe", HIGH).neverEmptied().write().then(() -> {
            throw new IllegalStateException("thrown by a test in a watch's listener");
        });
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).containsExactly("pipe");

        long start = System.nanoTime();
        while (fixture.log().size() == 1) {
            fixture.backend().iterate(true);
        }
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(500));
    }
}
