package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannelOption;
import java.util.concurrent.TimeUnit;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * A program that connects to the path it is given, takes connected TCP sockets there, and says its process number through
 * each.
 */
final class DescriptorUser {
    private DescriptorUser() {}

    public static void main(String[] arguments) throws Exception {
        GLibEventLoopGroup group = new GLibEventLoopGroup(1);
        Channel channel = ChannelFixture.channel(new Bootstrap()
                .group(group)
                .channel(GLibDomainSocketChannel.class)
                .option(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                .handler(new SimpleChannelInboundHandler<FileDescriptor>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, FileDescriptor descriptor) {
                        sayHello(context, descriptor);
                    }
                })
                .connect(new DomainSocketAddress(arguments[0])));
        Await.success(channel.closeFuture());
        Await.success(group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // who passed it sees what comes of it
    private static void sayHello(ChannelHandlerContext context, FileDescriptor descriptor) {
        GLibSocketChannel taken = new GLibSocketChannel(descriptor.intValue());
        taken.config().setOption(ChannelOption.AUTO_READ, false);
        context.channel()
                .eventLoop()
                .register(taken)
                .addListener(registered -> taken.writeAndFlush(
                                Unpooled.copyLong(ProcessHandle.current().pid()))
                        .addListener(written -> ((Channel) taken).close()));
    }
}
