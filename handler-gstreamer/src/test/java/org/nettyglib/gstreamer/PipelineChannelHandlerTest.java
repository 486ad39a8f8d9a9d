package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** A pipeline that is tied to a connection, on the same loop and on another. */
@ParameterizedClass
@EnumSource
class PipelineChannelHandlerTest {
    private final LoopFixture fixture;
    private final LoopFixture other = new LoopFixture();
    private final Tail tail = new Tail();

    PipelineChannelHandlerTest(LoopKind kind) {
        fixture = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        fixture.close();
        other.close();
    }

    private static final class Tail extends ChannelInboundHandlerAdapter {
        final List<Object> events = new CopyOnWriteArrayList<>();
        final List<Throwable> causes = new CopyOnWriteArrayList<>();
        final AtomicReference<Channel> channel = new AtomicReference<>();
        volatile boolean elsewhere;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            channel.set(ctx.channel());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            elsewhere |= !ctx.channel().eventLoop().inEventLoop();
            events.add(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            elsewhere |= !ctx.channel().eventLoop().inEventLoop();
            causes.add(cause);
        }
    }

    private LoopFixture.Client connect(GstPipeline pipeline) throws Exception {
        Channel server = fixture.serve(() -> new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelHandler handler = new PipelineChannelHandler(pipeline, true);
                channel.pipeline().addLast(handler, tail);
            }
        });
        return fixture.connect(server);
    }

    @Test
    void shouldPlayWhileTheChannelIsOpen() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loop(), "videotestsrc is-live=true ! fakesink");
        LoopFixture.Client client = connect(pipeline);
        Await.until(
                () -> tail.events.stream()
                        .anyMatch(event -> event instanceof GstBusMessage.StateChanged change
                                && change.ofPipeline()
                                && change.after() == GstState.PLAYING),
                () -> "PLAYING among " + tail.events);
        // The wish of the handler, which is told of a message before its future is done, is fulfilled with this one.
        Await.success(pipeline.play());
        client.channel().close();
        Await.success(pipeline.closeFuture());
        assertThat(tail.causes).isEmpty();
        assertThat(tail.elsewhere).isFalse();
    }

    @Test
    void shouldBeSilentAboutAStartThatTheCloseOfTheChannelEnds() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loop(), "appsrc ! fakesink");
        LoopFixture.Client client = connect(pipeline);
        Await.until(() -> pipeline.state() == GstState.READY, () -> "on its way, but it is " + pipeline.state());
        client.channel().close();
        Await.success(pipeline.closeFuture());
        fixture.run(() -> {});
        assertThat(tail.causes).isEmpty();
    }

    @Test
    void shouldHopToTheLoopOfTheChannel() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(other.loop(), "videotestsrc num-buffers=2 ! fakesink");
        LoopFixture.Client client = connect(pipeline);
        Await.until(
                () -> tail.events.stream().anyMatch(GstBusMessage.EndOfStream.class::isInstance),
                () -> "the end among " + tail.events);
        client.channel().close();
        Await.success(pipeline.closeFuture());
        assertThat(tail.elsewhere).isFalse();
    }

    @Test
    void shouldPassAnErrorOnOnce() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loop(), "filesrc location=/nowhere/x ! fakesink");
        LoopFixture.Client client = connect(pipeline);
        Await.until(() -> !tail.causes.isEmpty(), () -> "an exception");
        client.channel().close();
        Await.success(pipeline.closeFuture());
        assertThat(tail.causes.getFirst()).isInstanceOf(GstException.class).hasMessageContaining("/nowhere/x");
        assertThat(tail.causes).doesNotHaveDuplicates();
    }

    @Test
    void shouldLetGoWhenItIsRemoved() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(fixture.loop(), "videotestsrc is-live=true ! fakesink");
        LoopFixture.Client client = connect(pipeline);
        Await.until(() -> pipeline.state() == GstState.PLAYING && tail.channel.get() != null, () -> "PLAYING");
        Channel channel = tail.channel.get();
        fixture.run(() -> channel.pipeline().remove(PipelineChannelHandler.class));
        client.channel().close().sync();
        Await.success(channel.closeFuture());
        Await.success(pipeline.pause());
        assertThat(pipeline.closeFuture().isDone()).isFalse();
    }
}
