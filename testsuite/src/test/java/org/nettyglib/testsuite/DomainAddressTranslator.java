package org.nettyglib.testsuite;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets Netty's tests pair a native Unix domain channel with one of NIO's: the JDK has an address class of its own for
 * the same paths, and a test hands the address of one side to the other. It stands at the head of the pipeline.
 */
@Sharable
final class DomainAddressTranslator extends ChannelOutboundHandlerAdapter {

    static final DomainAddressTranslator TO_JDK = new DomainAddressTranslator(DomainAddressTranslator::toJdk);
    static final DomainAddressTranslator TO_NETTY = new DomainAddressTranslator(DomainAddressTranslator::toNetty);

    private final UnaryOperator<SocketAddress> translation;

    private DomainAddressTranslator(UnaryOperator<SocketAddress> translation) {
        this.translation = translation;
    }

    @Override
    public void bind(ChannelHandlerContext ctx, SocketAddress local, ChannelPromise promise) {
        ctx.bind(translation.apply(local), promise);
    }

    @Override
    public void connect(
            ChannelHandlerContext ctx, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
        ctx.connect(translation.apply(remote), local == null ? null : translation.apply(local), promise);
    }

    private static SocketAddress toJdk(SocketAddress address) {
        return address instanceof DomainSocketAddress netty ? UnixDomainSocketAddress.of(netty.path()) : address;
    }

    private static SocketAddress toNetty(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress jdk
                ? new DomainSocketAddress(jdk.getPath().toFile())
                : address;
    }
}
