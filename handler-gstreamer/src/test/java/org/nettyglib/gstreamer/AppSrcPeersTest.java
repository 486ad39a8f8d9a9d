package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** One channel at a time sends to an appsrc, and how one ends. */
@ParameterizedClass
@EnumSource
class AppSrcPeersTest extends AbstractAppSrcTest {
    AppSrcPeersTest(LoopKind kind) {
        super(kind);
    }

    private RawPipeline toFile() {
        return RawPipeline.parse("appsrc name=in ! filesink buffer-mode=unbuffered location=" + file());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void awaitFile(String content) throws Exception {
        Await.until(
                () -> file().toFile().length() >= content.length(),
                () -> content.length() + " bytes, but there are "
                        + file().toFile().length());
        assertThat(Files.readString(file())).isEqualTo(content);
    }

    @Test
    void shouldTakeOnePeerAfterTheOther() throws Exception {
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").keepOpen(true).build()) {
            Channel server = fixture.serve(handler);
            String all = "";
            for (String each : new String[] {"one", "two", "three"}) {
                try (SocketChannel peer = AppSrcFixture.connect(server)) {
                    AppSrcFixture.write(peer, text(each));
                }
                all += each;
                awaitFile(all);
                AppSrcFixture.awaitGone(fixture.accepted());
            }
            assertThat(pipeline.has(RawPipeline.EOS | RawPipeline.ERROR)).isFalse();
        }
        assertThat(fixture.thrown).isEmpty();
    }

    @Test
    void shouldRefuseASecondPeer() throws Exception {
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel first = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(first, text("first"));
                awaitFile("first");
                try (SocketChannel second = AppSrcFixture.connect(server)) {
                    AppSrcFixture.write(second, text("second"));
                    fixture.accepted();
                    Await.success(fixture.accepted().closeFuture());
                    assertThat(fixture.thrown())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("appsrc in")
                            .hasMessageContaining("one at a time");
                }
                AppSrcFixture.write(first, text(" again"));
                awaitFile("first again");
            }
            pipeline.awaitEos();
        }
        assertThat(fixture.thrown).isEmpty();
    }

    @Test
    void shouldRefuseDataAfterTheEnd() throws Exception {
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel first = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(first, text("first"));
            }
            pipeline.awaitEos();
            try (SocketChannel second = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(second, text("second"));
                assertThat(fixture.thrown())
                        .isInstanceOf(GstFlowException.class)
                        .hasMessageContaining("keepOpen");
                fixture.accepted();
                Await.success(fixture.accepted().closeFuture());
            }
        }
        assertThat(Files.readString(file())).isEqualTo("first");
    }

    @Test
    void shouldEndTheStreamWhenThePeerSendsNoMore() throws Exception {
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Channel channel = fixture.accepted();
                channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
                AppSrcFixture.write(peer, text("half"));
                peer.shutdownOutput();
                pipeline.awaitEos();
                assertThat(channel.isActive()).isTrue();
            }
        }
        assertThat(Files.readString(file())).isEqualTo("half");
        assertThat(fixture.thrown).isEmpty();
    }

    @Test
    void shouldEndTheStreamWhenAHandlerInFrontSaysSo() throws Exception {
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(peer, text("request"));
                awaitFile("request");
                Channel channel = fixture.accepted();
                channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
                pipeline.awaitEos();
                assertThat(channel.isActive()).isTrue();
                AppSrcFixture.write(peer, text("another"));
                assertThat(fixture.thrown()).isInstanceOf(GstFlowException.class);
                Await.success(channel.closeFuture());
            }
        }
    }

    @Test
    void shouldEndTheStreamWhenTheHandlerIsRemoved() throws Exception {
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.serve(handler);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                AppSrcFixture.write(peer, text("removed"));
                awaitFile("removed");
                Channel channel = fixture.accepted();
                channel.pipeline().remove(handler);
                pipeline.awaitEos();
                assertThat(channel.isActive()).isTrue();
                assertThat(channel.config().isAutoRead()).isTrue();
            }
        }
    }

    @Test
    void shouldTakeAChannelThatIsActiveAlready() throws Exception {
        try (RawPipeline pipeline = toFile().play();
                AppSrcHandler handler = pipeline.handler("in").build()) {
            Channel server = fixture.loops().serve(ChannelInboundHandlerAdapter::new);
            try (SocketChannel peer = AppSrcFixture.connect(server)) {
                Channel client = fixture.loops().connect(server).channel();
                client.pipeline().addFirst(handler);
                client.pipeline().fireChannelRead(client.alloc().buffer().writeBytes(text("late")));
                awaitFile("late");
                Await.success(client.close());
            }
            pipeline.awaitEos();
        }
    }
}
