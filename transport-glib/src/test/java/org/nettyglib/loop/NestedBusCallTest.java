package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nettyglib.loop.LoopFixture.Client;

/** A synchronous call of D-Bus, in which GIO iterates a context of its own, in the loop's thread. */
@ParameterizedClass
@EnumSource
class NestedBusCallTest {
    private static @Nullable PrivateBus startedBus;

    private final LoopFixture fixture;
    private final PrivateBus bus;

    NestedBusCallTest(LoopKind kind) {
        fixture = kind.open();
        bus = Objects.requireNonNull(startedBus);
    }

    @BeforeAll
    static void startBus(@TempDir Path directory) throws Exception {
        PrivateBus.assumeInstalled();
        startedBus = PrivateBus.start(directory);
    }

    @AfterAll
    static void stopBus() throws Exception {
        if (startedBus != null) {
            startedBus.close();
            startedBus = null;
        }
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
    }

    @ParameterizedTest
    @MethodSource("org.nettyglib.loop.NestedMix#threeDeep")
    void shouldReturnAtEachDepth(NestedMix mix) throws Exception {
        List<String> answers = new CopyOnWriteArrayList<>();
        mix.assertGoesOnAtEachDepth(fixture, () -> answers.add(bus.id()));
        assertThat(answers).hasSize(2 * mix.places().size()).containsOnly(bus.id());
    }

    /** Nothing else of the loop's thread runs meanwhile, and nothing is lost. */
    @Test
    void shouldDoWhatComesDuringACallOnceAndAfterIt() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        Channel server = fixture.serve(() -> new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
                if (msg.toString(StandardCharsets.US_ASCII).equals("call")) {
                    calling.countDown();
                    bus.id();
                }
                ctx.writeAndFlush(msg.retain());
            }
        });
        Client caller = fixture.connect(server);
        Client other = fixture.connect(server);
        assertThat(caller.ask("before")).isEqualTo("before");
        assertThat(other.ask("before")).isEqualTo("before");

        bus.pause();
        CompletableFuture<String> source = new CompletableFuture<>();
        Future<String> task;
        Future<String> timer;
        try {
            caller.send("call");
            assertThat(calling.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            other.send("meanwhile");
            task = fixture.loop().submit(() -> "task");
            timer = fixture.loop().schedule(() -> "timer", 1, TimeUnit.MILLISECONDS);
            fixture.attach(GLib.timeoutSourceNew(1), () -> {
                source.complete("source");
                return GLib.SOURCE_REMOVE;
            });
            Thread.sleep(50);
            assertThat(List.of(
                            task.isDone(), timer.isDone(), source.isDone(), other.hasReceived(), caller.hasReceived()))
                    .containsOnly(false);
        } finally {
            bus.resume();
        }

        assertThat(caller.receive()).isEqualTo("call");
        assertThat(other.receive()).isEqualTo("meanwhile");
        assertThat(task.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("task");
        assertThat(timer.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("timer");
        assertThat(source.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("source");
        assertThat(caller.ask("after")).isEqualTo("after");
        assertThat(other.ask("after")).isEqualTo("after");
    }
}
