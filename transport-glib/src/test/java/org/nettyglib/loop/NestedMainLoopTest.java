package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.gnome.glib.GLib;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.loop.LoopFixture.Client;

/** A handler, a task or a GLib callback runs a main loop on its own loop's context, and everything else goes on. */
@ParameterizedClass
@EnumSource
class NestedMainLoopTest {
    private final LoopFixture fixture;

    NestedMainLoopTest(LoopKind kind) {
        fixture = kind.open();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
    }

    @Test
    void shouldServeOtherChannelsInsideANestedLoop() throws Exception {
        Nesting nesting = new Nesting(fixture);
        Client nested = fixture.connect(nesting.server());
        Client other = fixture.connect(nesting.server());

        nested.send(Nesting.WORD);
        nesting.awaitDepth(1);
        for (int i = 0; i < 100; i++) {
            assertThat(other.ask("hello " + i)).isEqualTo("hello " + i);
        }
        assertThat(nesting.left()).isEqualTo(0);
        assertThat(nested.hasReceived()).isFalse();

        nesting.quit();
        assertThat(nested.receive()).isEqualTo(Nesting.WORD);
        assertThat(nesting.left()).isEqualTo(1);
    }

    @Test
    void shouldAcceptConnectAndCloseInsideANestedLoop() throws Exception {
        Nesting nesting = new Nesting(fixture);
        Client nested = fixture.connect(nesting.server());
        nested.send(Nesting.WORD);
        nesting.awaitDepth(1);

        for (int i = 0; i < 50; i++) {
            Client visitor = fixture.connect(nesting.server());
            assertThat(visitor.ask("visit")).isEqualTo("visit");
            visitor.channel().close().sync();
        }
        nesting.quit();
        assertThat(nested.receive()).isEqualTo(Nesting.WORD);
    }

    @Test
    void shouldRunTasksAndTimersInsideANestedLoop() throws Exception {
        Nesting nesting = new Nesting(fixture);
        Client nested = fixture.connect(nesting.server());
        nested.send(Nesting.WORD);
        nesting.awaitDepth(1);

        assertThat(fixture.call(() -> 42)).isEqualTo(42);
        assertThat(fixture.loop()
                        .schedule(() -> "timer", 20, TimeUnit.MILLISECONDS)
                        .get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("timer");
        // From the loop itself, where no wake-up is written.
        assertThat(fixture.call(() -> fixture.loop().schedule(() -> "inner", 20, TimeUnit.MILLISECONDS))
                        .get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("inner");
        assertThat(nesting.left()).isEqualTo(0);
        nesting.quit();
        assertThat(nested.receive()).isEqualTo(Nesting.WORD);
    }

    @Test
    void shouldGoOnThreeDeep() throws Exception {
        Nesting nesting = new Nesting(fixture);
        Client one = fixture.connect(nesting.server());
        Client two = fixture.connect(nesting.server());
        Client three = fixture.connect(nesting.server());
        Client other = fixture.connect(nesting.server());
        one.send(Nesting.WORD);
        two.send(Nesting.WORD);
        three.send(Nesting.WORD);
        nesting.awaitDepth(3);

        assertThat(other.ask("at the bottom")).isEqualTo("at the bottom");
        assertThat(fixture.call(() -> "task")).isEqualTo("task");
        assertThat(fixture.loop()
                        .schedule(() -> "timer", 5, TimeUnit.MILLISECONDS)
                        .get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("timer");

        nesting.quit();
        assertThat(one.receive()).isEqualTo(Nesting.WORD);
        assertThat(two.receive()).isEqualTo(Nesting.WORD);
        assertThat(three.receive()).isEqualTo(Nesting.WORD);
        assertThat(nesting.left()).isEqualTo(3);
    }

    @Test
    void shouldGoOnWhenATaskOrAGLibCallbackNests() throws Exception {
        Nesting nesting = new Nesting(fixture);
        Client other = fixture.connect(nesting.server());
        fixture.loop().execute(nesting::nest);
        fixture.attach(GLib.idleSourceNew(), () -> {
            nesting.nest();
            return false;
        });
        nesting.awaitDepth(2);

        assertThat(other.ask("hello")).isEqualTo("hello");
        assertThat(fixture.call(() -> "task")).isEqualTo("task");
        nesting.quit();
        assertThat(other.ask("after")).isEqualTo("after");
    }

    /** What a handler did just before it nests must not wait until the nested loop ends. */
    @Test
    void shouldRunWhatWasSubmittedBeforeTheNestedLoopBegan() throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        fixture.run(() -> {
            MainLoop nested = fixture.newMainLoop();
            fixture.loop().execute(() -> done.complete("task"));
            fixture.loop().schedule(nested::quit, 20, TimeUnit.MILLISECONDS);
            nested.run();
        });
        assertThat(done).isCompletedWithValue("task");
    }

    @Test
    void shouldNotReadAChannelInsideItsOwnReadAndNotSpinMeanwhile() throws Exception {
        Nesting nesting = new Nesting(fixture);
        Client nested = fixture.connect(nesting.server());
        nested.send(Nesting.WORD);
        nesting.awaitDepth(1);
        nested.send("more");
        long thread = fixture.call(() -> Thread.currentThread().threadId());

        long before = cpuMillis(thread);
        Thread.sleep(300);
        long used = cpuMillis(thread) - before;
        assertThat(nested.hasReceived()).isFalse();
        assertThat(used).as("CPU ms of the loop's thread in 300 ms").isLessThan(100);

        nesting.quit();
        assertThat(nested.receive()).startsWith(Nesting.WORD);
        assertThat(nested.hasReceived() ? nested.receive() : "more").isEqualTo("more");
    }

    @Test
    void shouldNotSpinWhenThePeerResetsAChannelThatNests() throws Exception {
        Nesting nesting = new Nesting(fixture);
        Client nested = fixture.connect(nesting.server());
        Client other = fixture.connect(nesting.server());
        nested.send(Nesting.WORD);
        nesting.awaitDepth(1);
        nested.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        nested.channel().close().sync();
        long thread = fixture.call(() -> Thread.currentThread().threadId());

        long before = cpuMillis(thread);
        Thread.sleep(300);
        assertThat(cpuMillis(thread) - before)
                .as("CPU ms of the loop's thread in 300 ms")
                .isLessThan(100);
        assertThat(other.ask("hello")).isEqualTo("hello");
        nesting.quit();
        assertThat(other.ask("after")).isEqualTo("after");
    }

    /** What a nested loop finds unread at the end of its batch is told once, and in order. */
    @Test
    void shouldDeliverEachMessageOnceInOrderWhileLoopsNestAndEnd() throws Exception {
        Consumer<ChannelHandlerContext> nestBriefly = ctx -> {
            MainLoop loop = fixture.newMainLoop();
            ctx.executor().execute(loop::quit);
            loop.run();
        };
        Channel server = fixture.serve(() -> new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
                nestBriefly.accept(ctx);
                ctx.writeAndFlush(msg.retain());
            }
        });
        List<Client> clients = List.of(
                fixture.connect(server), fixture.connect(server), fixture.connect(server), fixture.connect(server));
        for (int round = 0; round < 200; round++) {
            for (Client client : clients) {
                client.send("round " + round);
            }
            for (Client client : clients) {
                assertThat(client.receive()).isEqualTo("round " + round);
            }
        }
    }

    private static long cpuMillis(long thread) {
        return TimeUnit.NANOSECONDS.toMillis(ManagementFactory.getThreadMXBean().getThreadCpuTime(thread));
    }
}
