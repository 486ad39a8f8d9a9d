package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Unresolved socket addresses to resolved ones. Netty's own way from names to them cannot be cancelled. */
final class GioAddressResolver extends AbstractAddressResolver<InetSocketAddress> {
    private final GioNameResolver names;

    GioAddressResolver(EventLoop loop, GioNameResolver names) {
        super(loop, InetSocketAddress.class);
        this.names = names;
    }

    @Override
    protected boolean doIsResolved(InetSocketAddress address) {
        return !address.isUnresolved();
    }

    @Override
    protected void doResolve(InetSocketAddress unresolved, Promise<InetSocketAddress> promise)
            throws UnknownHostException {
        int port = unresolved.getPort();
        names.lookUp(
                unresolved.getHostString(), addresses -> new InetSocketAddress(addresses.getFirst(), port), promise);
    }

    @Override
    protected void doResolveAll(InetSocketAddress unresolved, Promise<List<InetSocketAddress>> promise)
            throws UnknownHostException {
        int port = unresolved.getPort();
        names.lookUp(
                unresolved.getHostString(),
                addresses -> addresses.stream()
                        .map(address -> new InetSocketAddress(address, port))
                        .toList(),
                promise);
    }
}
