package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.FileDescriptor;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.IOCondition;
import org.gnome.glib.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;

/** A context that is woken up all the time by what is none of Netty's business, as sources of GIO do. */
class ForeignWakeupTest {
    private static final int WAKEUPS = 200;

    /** Beside a source with a descriptor, so that the context is polled by poll(2). */
    @ParameterizedTest
    @EnumSource
    void shouldGiveTheLoopNoTurn(LoopKind kind) throws Exception {
        // Which loads the library that makes pipes.
        GLibTransport.ensureAvailability();
        FileDescriptor[] pipe = FileDescriptor.pipe();
        try (LoopFixture fixture = kind.open()) {
            GLibLoopMetrics metrics = fixture.loop().metrics();
            // By then the loop has seen its context with nothing of others in it.
            fixture.run(() -> {});
            Source source = GLib.timeoutSourceNew((int) TimeUnit.HOURS.toMillis(1));
            source.addUnixFd(pipe[0].intValue(), EnumSet.of(IOCondition.IN));
            fixture.attach(source, () -> GLib.SOURCE_REMOVE);

            wakeUp(fixture, metrics);
            long dispatches = metrics.dispatches();
            for (int i = 0; i < WAKEUPS; i++) {
                wakeUp(fixture, metrics);
            }
            assertThat(metrics.dispatches() - dispatches)
                    .as("turns of Netty's source in %d iterations", WAKEUPS)
                    .isLessThan(WAKEUPS / 2);

            fixture.run(() -> {});
            assertThat(fixture.connect(fixture.serveEcho()).ask("hello")).isEqualTo("hello");
            source.destroy();
        } finally {
            pipe[0].close();
            pipe[1].close();
        }
    }

    private static void wakeUp(LoopFixture fixture, GLibLoopMetrics metrics) throws InterruptedException {
        long iterations = metrics.iterations();
        fixture.context().wakeup();
        Await.until(() -> metrics.iterations() > iterations, () -> "an iteration");
    }
}
