package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.InputStream;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.GLibServerDomainSocketChannel;
import org.nettyglib.loop.LoopFixture;

/** Viewers that are no GLib TCP channels. */
class AppSinkTransportsTest {
    @Test
    void shouldServeUnixDomainSockets(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("socket");
        try (LoopFixture fixture = new LoopFixture()) {
            shouldServe(
                    fixture.group(),
                    GLibServerDomainSocketChannel.class,
                    new DomainSocketAddress(path.toString()),
                    UnixDomainSocketAddress.of(path));
        }
    }

    @Test
    void shouldServeLoopsOfAnotherTransport() throws Exception {
        EventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            shouldServe(nio, NioServerSocketChannel.class, ChannelFixture.ANY_PORT, null);
        } finally {
            Await.success(nio.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
        }
    }

    /** @param remote where the server is for its clients; where it says it is, if this is null */
    private static void shouldServe(
            EventLoopGroup group,
            Class<? extends ServerChannel> type,
            SocketAddress local,
            @Nullable SocketAddress remote)
            throws Exception {
        BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
        Channel server = ChannelFixture.channel(new ServerBootstrap()
                .group(group)
                .channel(type)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add(channel);
                    }
                })
                .bind(local));
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build();
                SocketChannel client = SocketChannel.open(remote == null ? server.localAddress() : remote);
                InputStream in = Channels.newInputStream(client)) {
            Channel viewer = Objects.requireNonNull(accepted.poll(Await.SECONDS, TimeUnit.SECONDS), "nobody connected");
            Await.success(source.add(viewer));
            for (String frame : List.of("every ", "viewer ", "is sent ", "this")) {
                pipeline.push(AppSinkFixture.text(frame), 0);
            }
            pipeline.end();
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("every viewer is sent this");
            Await.success(source.endFuture());
            Await.success(viewer.closeFuture());
        }
        Await.success(server.close());
    }
}
