package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.BlockingOperationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainContext;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.loop.LoopFixture.Echo;

/** Who runs the context of an attached loop: the thread that was named, another, and misuse by each. */
class AttachedOwnerTest {
    private final MainContext context = new MainContext();

    private GLibEventLoopGroup attachOwnedByThisThread() {
        return GLibEventLoopGroup.attach(context, GLibLoopOptions.defaults().owner(Thread.currentThread()));
    }

    private Channel bind(GLibEventLoopGroup group, List<Throwable> failures) {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        failures.add(cause);
                    }
                })
                .childHandler(new Echo())
                .bind("127.0.0.1", 0);
        while (!bound.isDone()) {
            context.iteration(true);
        }
        return bound.channel();
    }

    private void iterateUntilEnded(GLibEventLoopGroup group) {
        while (!group.next().isTerminated()) {
            context.iteration(false);
        }
    }

    @Test
    void shouldActAtOnceOnTheThreadThatWasNamed() throws Exception {
        try (LoopFixture fixture = new LoopFixture(attachOwnedByThisThread())) {
            assertThat(fixture.loop().inEventLoop()).isTrue();
            ChannelFuture registered = fixture.loop().register(new GLibServerSocketChannel());
            assertThat(registered.isSuccess()).isTrue();
            assertThat(registered.channel().isRegistered()).isTrue();
        }
    }

    @Test
    void shouldRefuseToLetTheOwnerWaitForTheLoop() throws Exception {
        try (LoopFixture fixture = new LoopFixture(attachOwnedByThisThread())) {
            assertThatExceptionOfType(BlockingOperationException.class)
                    .isThrownBy(() -> fixture.loop().submit(() -> {}).sync());
            context.iteration(false);
            assertThatExceptionOfType(BlockingOperationException.class)
                    .isThrownBy(() -> fixture.loop().submit(() -> {}).sync());
        }
    }

    @Test
    void shouldRefuseToLetACallbackOfTheContextWaitForTheLoop() throws Exception {
        try (ForeignMainLoop mainLoop = new ForeignMainLoop();
                LoopFixture fixture = new LoopFixture(GLibEventLoopGroup.attach(mainLoop.context()))) {
            mainLoop.start();
            assertThatExceptionOfType(BlockingOperationException.class)
                    .isThrownBy(() -> fixture.loop()
                            .submit(() -> fixture.loop().submit(() -> {}).sync())
                            .sync());
        }
    }

    @Test
    void shouldRefuseAnotherThreadThanTheOneThatWasNamed() throws Exception {
        GLibEventLoopGroup group = attachOwnedByThisThread();
        List<Throwable> failures = new ArrayList<>();
        Channel server = bind(group, failures);
        group.next().execute(() -> {});

        Thread wrong = Thread.ofPlatform().name("wrong").start(() -> iterateUntilEnded(group));
        wrong.join();

        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread " + Thread.currentThread().getName() + " was said to own")
                .hasMessageContaining("thread wrong iterates it");
        assertThat(server.isOpen()).isFalse();
        assertThat(group.terminationFuture().await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(group.next().terminationFuture().cause()).isSameAs(failures.getFirst());
        assertThat(group.isTerminated()).isTrue();
    }

    @Test
    void shouldRefuseTheWrongThreadAlsoBeforeTheRightOneCame() throws Exception {
        GLibEventLoopGroup group = attachOwnedByThisThread();
        Thread wrong = Thread.ofPlatform().start(() -> iterateUntilEnded(group));
        wrong.join();
        assertThat(group.next().terminationFuture().await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(group.next().terminationFuture().cause()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseAVirtualThreadAsTheOwner() {
        Thread virtual = Thread.ofVirtual().unstarted(() -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GLibLoopOptions.defaults().owner(virtual))
                .withMessageContaining("platform thread");
    }

    @Test
    void shouldRefuseTimesThatCannotBeMeant() {
        GLibLoopOptions options = GLibLoopOptions.defaults();
        for (Duration budget : new Duration[] {Duration.ofMillis(-1), Duration.ofDays(400 * 365)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> options.dispatchBudget(budget))
                    .withMessageContaining("dispatchBudget");
        }
        for (Duration limit : new Duration[] {Duration.ofMillis(-1), Duration.ofNanos(1), Duration.ofDays(2)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> options.watchdog(limit))
                    .withMessageContaining("watchdog");
        }
    }

    @Test
    void shouldSayThatTheContextIsGoneWithItsLoop() throws Exception {
        GLibEventLoop loop;
        try (LoopFixture fixture = new LoopFixture()) {
            loop = fixture.loop();
            fixture.run(() -> {});
        }
        assertThatIllegalStateException().isThrownBy(loop::mainContext).withMessageContaining("has ended");
    }
}
