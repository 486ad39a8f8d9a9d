package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Copies what the kernel cannot read where it is, such as an array of the heap. */
final class DirectCopy {
    private DirectCopy() {}

    /** A direct copy of the readable bytes. The original is released. */
    static ByteBuf of(ByteBuf buf, ByteBufAllocator allocator) {
        try {
            if (!buf.isReadable()) {
                return Unpooled.EMPTY_BUFFER;
            }
            ByteBuf copy = allocate(buf.readableBytes(), allocator);
            return copy.writeBytes(buf, buf.readerIndex(), buf.readableBytes());
        } finally {
            buf.release();
        }
    }

    private static ByteBuf allocate(int length, ByteBufAllocator allocator) {
        ByteBuf pooled = allocator.isDirectBufferPooled() ? null : ByteBufUtil.threadLocalDirectBuffer();
        return pooled != null ? pooled : allocator.directBuffer(length);
    }
}
