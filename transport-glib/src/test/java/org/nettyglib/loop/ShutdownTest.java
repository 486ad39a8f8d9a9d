package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.Channel;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.glib.GLib;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.ffi.SourceFuncs;
import org.nettyglib.loop.LoopFixture.Client;

class ShutdownTest {
    private static int openDescriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    void shouldCloseChannelsAndRejectTasksAfterwards() throws Exception {
        LoopFixture fixture = new LoopFixture();
        Channel server = fixture.serveEcho();
        Client client = fixture.connect(server);
        assertThat(client.ask("hello")).isEqualTo("hello");
        GLibEventLoop loop = fixture.loop();
        fixture.close();

        assertThat(server.isOpen()).isFalse();
        assertThat(client.channel().isOpen()).isFalse();
        assertThat(loop.isTerminated()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> loop.execute(() -> {}));
    }

    /** The loop may learn of the shutdown at any point of an iteration, just after it looked for one too. */
    @Test
    void shouldCloseChannelsWheneverTheShutdownComes() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            LoopFixture fixture = new LoopFixture();
            GLibServerSocketChannel channel = new GLibServerSocketChannel();
            fixture.loop().register(channel).sync();
            fixture.close();
            assertThat(channel.isOpen())
                    .as("the channel is open after round " + i)
                    .isFalse();
        }
    }

    @Test
    void shouldRunTasksDuringTheQuietPeriod() throws Exception {
        LoopFixture fixture = new LoopFixture();
        GLibEventLoop loop = fixture.loop();
        fixture.run(() -> {});
        // So long that this thread is not late by it.
        var termination =
                fixture.group().shutdownGracefully(3_000, TimeUnit.SECONDS.toMillis(30), TimeUnit.MILLISECONDS);
        CountDownLatch ran = new CountDownLatch(1);
        loop.execute(ran::countDown);
        assertThat(ran.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(termination.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(termination.isSuccess()).isTrue();
    }

    @Test
    void shouldRunAllTasksThatWereSubmittedBefore() throws Exception {
        LoopFixture fixture = new LoopFixture();
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 10_000; i++) {
            fixture.loop().execute(ran::incrementAndGet);
        }
        fixture.close();
        assertThat(ran).hasValue(10_000);
    }

    @Test
    void shouldEndALoopThatNeverStarted() throws Exception {
        new LoopFixture().close();
    }

    @Test
    void shouldEndFromItsOwnThreadAndFromAGLibCallback() throws Exception {
        LoopFixture byTask = new LoopFixture();
        byTask.loop().execute(() -> byTask.group().shutdownGracefully(0, 10, TimeUnit.SECONDS));
        assertThat(byTask.group().awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();

        LoopFixture byCallback = new LoopFixture();
        byCallback.run(() -> {});
        byCallback.attach(GLib.timeoutSourceNew(10), () -> {
            byCallback.group().shutdownGracefully(0, 10, TimeUnit.SECONDS);
            return false;
        });
        assertThat(byCallback.group().awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void shouldLeaveNoDescriptorAndNoSourceBehind() throws Exception {
        // Whatever is opened once and stays.
        loopWithTraffic();
        int sources = SourceFuncs.liveSources();
        int descriptors = openDescriptors();
        for (int i = 0; i < 20; i++) {
            loopWithTraffic();
        }
        Await.until(
                () -> SourceFuncs.liveSources() <= sources,
                () -> sources + " sources, but there are " + SourceFuncs.liveSources());
        Await.until(
                () -> openDescriptors() <= descriptors,
                () -> descriptors + " descriptors, but there are " + openDescriptors());
    }

    private static void loopWithTraffic() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            Channel server = fixture.serveEcho();
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(fixture.connect(server));
            }
            for (Client client : clients) {
                assertThat(client.ask("hello")).isEqualTo("hello");
            }
        }
    }

    /** Wake-ups from other threads race with the end of the loop, whose descriptor they would write to. */
    @Test
    void shouldSurviveWakeupsWhileItEnds() throws Exception {
        for (int i = 0; i < 50; i++) {
            LoopFixture fixture = new LoopFixture();
            GLibEventLoop loop = fixture.loop();
            fixture.run(() -> {});
            Thread hammer = Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        loop.execute(() -> {});
                    }
                } catch (RejectedExecutionException expected) {
                    // The loop has ended.
                }
            });
            Thread.sleep(1);
            fixture.close();
            hammer.join(TimeUnit.SECONDS.toMillis(LoopFixture.TIMEOUT_SECONDS));
            assertThat(hammer.isAlive()).isFalse();
        }
    }
}
