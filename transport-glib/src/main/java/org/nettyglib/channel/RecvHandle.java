package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.DelegatingHandle;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.unix.PreferredDirectByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Allocates direct buffers, as the kernel needs them, and knows when a read loop may find more: while its reads fill
 * their buffers, and to the end once the peer has shut its side.
 */
final class RecvHandle extends DelegatingHandle implements ExtendedHandle {
    private final PreferredDirectByteBufAllocator direct = new PreferredDirectByteBufAllocator();
    private final UncheckedBooleanSupplier maybeMore = this::maybeMore;
    private boolean peerShut;

    RecvHandle(ExtendedHandle delegate) {
        super(delegate);
    }

    void peerShut() {
        peerShut = true;
    }

    private boolean maybeMore() {
        return peerShut || lastBytesRead() == attemptedBytesRead();
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
        direct.updateAllocator(allocator);
        return delegate().allocate(direct);
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
        return peerShut || ((ExtendedHandle) delegate()).continueReading(maybeMoreData);
    }

    @Override
    public boolean continueReading() {
        return continueReading(maybeMore);
    }
}
