package org.nettyglib.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.StreamKind;
import org.nettyglib.loop.GLibEventLoopGroup;

/** A program that sends a file: its arguments are the kind of stream, the port or path of the server, and the file. */
final class FileSender {
    private FileSender() {}

    public static void main(String[] arguments) throws Exception {
        StreamKind kind = StreamKind.valueOf(arguments[0]);
        SocketAddress address = kind == StreamKind.UNIX
                ? new DomainSocketAddress(arguments[1])
                : new InetSocketAddress(ChannelFixture.ANY_PORT.getAddress(), Integer.parseInt(arguments[1]));
        File file = new File(arguments[2]);
        GLibEventLoopGroup group = new GLibEventLoopGroup(1);
        Channel channel = ChannelFixture.channel(new Bootstrap()
                .group(group)
                .channel(kind.channel())
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address));
        Await.success(channel.writeAndFlush(new DefaultFileRegion(file, 0, file.length())));
        Await.success(channel.close());
        Await.success(group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
    }
}
