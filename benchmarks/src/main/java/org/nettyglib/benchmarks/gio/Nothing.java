package org.nettyglib.benchmarks.gio;

import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.Cancellable;
import org.gnome.gio.InetAddress;
import org.gnome.gio.InetSocketAddress;
import org.gnome.gio.SocketAddressEnumerator;
import org.gnome.gio.SocketFamily;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;

/**
 * An operation with nothing to do, for the cost of all that is around one: asks for the next address at the end of the addresses, which
 * completes a GTask without a thread. The result is whether that was the end.
 */
record Nothing(SocketAddressEnumerator enumerator) implements JavaGiCall<Boolean> {

    /** At the end of its addresses. */
    static Nothing create() throws GErrorException {
        SocketAddressEnumerator enumerator =
                new InetSocketAddress(InetAddress.loopback(SocketFamily.IPV4), (short) 1).enumerate();
        Operation.require(enumerator.next(null) != null, "the first address");
        return new Nothing(enumerator);
    }

    @Override
    public void begin(@Nullable Cancellable cancellable, AsyncReadyCallback ready) {
        enumerator.nextAsync(cancellable, ready);
    }

    @Override
    public Boolean finish(AsyncResult result) throws GErrorException {
        return enumerator.nextFinish(result) == null;
    }

    @Override
    public void check(Boolean atEnd) {
        Operation.require(atEnd, "no more addresses");
    }
}
