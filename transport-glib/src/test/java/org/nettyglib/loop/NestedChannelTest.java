package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture.Client;

/** The channel whose handler runs a nested main loop, seen from inside that loop. */
@ParameterizedClass
@EnumSource
class NestedChannelTest {
    private static final String BEFORE_NESTING = "nested";
    private static final String AFTER_NESTING = "returned";

    private final LoopFixture fixture;
    private final Nesting nesting;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Channel> nestingChannel = new CompletableFuture<>();
    private final CompletableFuture<ChannelFuture> answered = new CompletableFuture<>();

    NestedChannelTest(LoopKind kind) throws InterruptedException {
        fixture = kind.open();
        nesting = new Nesting(fixture);
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
    }

    /** Answers what it read, after a nested loop. Tells of everything that happens to its channel. */
    private final class NestingHandler extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
            events.add(BEFORE_NESTING);
            nestingChannel.complete(ctx.channel());
            nesting.nest();
            events.add(AFTER_NESTING);
            answered.complete(ctx.writeAndFlush(msg.retain()));
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            events.add(ctx.channel().isWritable() ? "writable" : "unwritable");
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            events.add("inactive");
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext ctx) {
            events.add("unregistered");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            events.add(cause.toString());
        }
    }

    /** A client whose message makes the server's handler nest. */
    private Client nest() throws InterruptedException {
        Client client = fixture.connect(fixture.serve(NestingHandler::new));
        client.send("hello");
        nesting.awaitDepth(1);
        return client;
    }

    @Test
    void shouldGoOnWhenTheChannelIsClosedInside() throws Exception {
        Client client = nest();
        Client other = fixture.connect(nesting.server());

        assertThat(nestingChannel.join().close().await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(client.channel().closeFuture().await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        Await.until(() -> events.contains("unregistered"), events::toString);
        assertThat(other.ask("inside")).isEqualTo("inside");
        assertThat(events).containsExactly(BEFORE_NESTING, "inactive", "unregistered");

        nesting.quitInnermost();
        ChannelFuture answer = answered.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(Await.failure(answer)).isInstanceOf(ClosedChannelException.class);
        assertThat(other.ask("outside")).isEqualTo("outside");
        assertThat(events).containsExactly(BEFORE_NESTING, "inactive", "unregistered", AFTER_NESTING);
    }

    /** Its peer's end is something to read, which waits for the outer read as all else that is. */
    @Test
    void shouldTellThePeersEndOnceAndAfterTheOuterRead() throws Exception {
        Client client = nest();
        Client other = fixture.connect(nesting.server());

        client.channel().close().sync();
        assertThat(other.ask("inside")).isEqualTo("inside");
        assertThat(events).containsExactly(BEFORE_NESTING);

        nesting.quitInnermost();
        Await.success(nestingChannel.join().closeFuture());
        Await.until(() -> events.contains("unregistered"), events::toString);
        assertThat(other.ask("outside")).isEqualTo("outside");
        assertThat(events).containsExactly(BEFORE_NESTING, AFTER_NESTING, "inactive", "unregistered");
    }

    /** More than the kernel takes at once, so that the rest waits for the descriptor to be writable. */
    @Test
    void shouldWriteOnInside() throws Exception {
        int size = 32 << 20;
        Client client = nest();
        client.channel().config().setAutoRead(false);
        Channel channel = nestingChannel.join();

        ChannelFuture written = fixture.call(() -> channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[size])));
        Await.until(() -> events.contains("unwritable"), events::toString);
        assertThat(fixture.call(written::isDone)).isFalse();

        client.channel().config().setAutoRead(true);
        Await.success(written);
        int received = 0;
        while (received < size) {
            received += client.receive().getBytes(StandardCharsets.US_ASCII).length;
        }
        assertThat(received).isEqualTo(size);
        assertThat(events).containsExactly(BEFORE_NESTING, "unwritable", "writable");

        nesting.quitInnermost();
        assertThat(client.receive()).isEqualTo("hello");
    }

    /** An outer main loop that was told to end returns when the inner one has, and not before. */
    @Test
    void shouldGoOnUntilTheInnermostLoopEnds() throws Exception {
        Client outer = nest();
        Client inner = fixture.connect(nesting.server());
        inner.send(Nesting.WORD);
        nesting.awaitDepth(2);
        Client other = fixture.connect(nesting.server());

        nesting.quitOutermost();
        assertThat(other.ask("inside")).isEqualTo("inside");
        assertThat(nesting.left()).isZero();
        assertThat(outer.hasReceived()).isFalse();

        nesting.quit();
        assertThat(inner.receive()).isEqualTo(Nesting.WORD);
        assertThat(outer.receive()).isEqualTo("hello");
        assertThat(other.ask("outside")).isEqualTo("outside");
        assertThat(nesting.left()).isEqualTo(2);
    }
}
