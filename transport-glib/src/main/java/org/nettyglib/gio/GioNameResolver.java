package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Names to addresses, for one loop. */
final class GioNameResolver extends InetNameResolver {
    private final EventLoop loop;
    private final AddressTypes types;
    private final GioAddressResolver addressResolver;

    GioNameResolver(EventLoop loop, AddressTypes types) {
        super(loop);
        this.loop = loop;
        this.types = types;
        addressResolver = new GioAddressResolver(loop, this);
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> promise) throws UnknownHostException {
        lookUp(host, List::getFirst, promise);
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) throws UnknownHostException {
        lookUp(host, addresses -> addresses, promise);
    }

    /** To cancel the promise cancels the look-up. */
    <T> void lookUp(String host, Function<List<InetAddress>, T> mapper, Promise<T> promise)
            throws UnknownHostException {
        HostLookup<T> lookup = new HostLookup<>(host, types, mapper);
        T known = lookup.immediately();
        if (known != null) {
            promise.trySuccess(known);
            return;
        }
        NativeBegin begin = (cancellable, callback, userData) -> {
            // Its listeners, which cancel the operation, are called after this.
            if (promise.isCancelled()) {
                throw new CancellationException("cancelled before the look-up of " + host);
            }
            lookup.begin(cancellable, callback, userData);
        };
        PromiseNotifier.cascade(false, GioOperation.startNative(loop, begin, lookup), promise);
    }

    @Override
    public AddressResolver<InetSocketAddress> asAddressResolver() {
        return addressResolver;
    }
}
