package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.Tokens;
import org.nettyglib.ffi.Upcalls;
import org.nettyglib.gstreamer.ffi.LibGstBuffer;

/** Lends the memory of ByteBufs to GStreamer. What is lent is released by the destroy notify of its GstMemory, on any thread. */
final class WrappedBytes {
    private static final Tokens<ByteBuf> LENT = new Tokens<>();
    private static final long RELEASE =
            Upcalls.stub(MethodHandles.lookup(), "release", MethodType.methodType(void.class, long.class));

    private WrappedBytes() {}

    /** Appends the readable bytes to a GstBuffer that is the caller's alone, and takes the reference to them. */
    static void append(long buffer, ByteBuf bytes) {
        ByteBuf direct = isReadableByC(bytes) ? bytes : copy(bytes);
        try {
            int flags = isShared(direct) ? LibGstBuffer.MEMORY_READONLY : 0;
            if (direct.hasMemoryAddress()) {
                append(buffer, flags, direct.memoryAddress() + direct.readerIndex(), direct.readableBytes(), direct);
            } else {
                for (ByteBuffer part : direct.nioBuffers()) {
                    append(buffer, flags, Memory.address(part), part.remaining(), direct);
                }
            }
        } finally {
            direct.release();
        }
    }

    private static void append(long buffer, int flags, long address, int size, ByteBuf owner) {
        if (size > 0) {
            long token = LENT.add(owner.retain());
            LibGstBuffer.gst_buffer_append_memory(
                    buffer, LibGstBuffer.gst_memory_new_wrapped(flags, address, size, token, RELEASE));
        }
    }

    /** Not in an array, which the collector may move, and not in more pieces than a GstBuffer takes. */
    private static boolean isReadableByC(ByteBuf bytes) {
        return bytes.isDirect()
                && (bytes.hasMemoryAddress() || bytes.nioBufferCount() <= LibGstBuffer.gst_buffer_get_max_memory());
    }

    private static ByteBuf copy(ByteBuf bytes) {
        try {
            return ByteBufAllocator.DEFAULT
                    .directBuffer(bytes.readableBytes())
                    .writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        } finally {
            bytes.release();
        }
    }

    /** GStreamer may write into what the caller alone has. A slice or a duplicate does not know who else has its memory. */
    private static boolean isShared(ByteBuf bytes) {
        return bytes.isReadOnly() || bytes.refCnt() > 1 || bytes.unwrap() != null;
    }

    /** {@return how many pieces GStreamer has not given back yet} */
    static int lent() {
        return LENT.size();
    }

    /** A {@code GDestroyNotify}. */
    private static void release(long token) {
        try {
            ByteBuf bytes = LENT.remove(token);
            if (bytes != null) {
                bytes.release();
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }
}
