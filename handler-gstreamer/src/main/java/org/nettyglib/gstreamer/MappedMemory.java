package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.NativeBuffer;
import org.nettyglib.gstreamer.ffi.LibGstBuffer;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;

/** A piece of a GstBuffer's memory where it is, mapped and referred to until it is released, from any thread. */
final class MappedMemory extends UnpooledDirectByteBuf {
    /** Each mapping locks the memory once, and buffers that are copies of each other have the same memory. Half of what GStreamer can count. */
    private static final int MOST_LOCKS = 127;

    private final long buffer;
    private final NativeBuffer mapInfo;

    private MappedMemory(long buffer, NativeBuffer mapInfo, int size) {
        super(UnpooledByteBufAllocator.DEFAULT, Memory.buffer(LibGstBuffer.mappedData(mapInfo.address()), size), size);
        this.buffer = buffer;
        this.mapInfo = mapInfo;
    }

    /**
     * Maps one memory of a buffer, which gets a reference more; of a memory that is mapped very often already it is a copy.
     *
     * @param flags {@link LibGstBuffer#MAP_READ} and the like
     * @throws IllegalStateException if GStreamer refuses
     */
    static ByteBuf map(long buffer, int index, int flags) {
        NativeBuffer mapInfo = new NativeBuffer(LibGstBuffer.MAP_INFO_SIZE);
        if (!LibGstBuffer.gst_buffer_map_range(buffer, index, 1, mapInfo.address(), flags)) {
            mapInfo.free();
            throw new IllegalStateException(
                    "the GstBuffer's memory " + index + " cannot be mapped: it belongs to a device or is"
                            + " protected, or somebody else is writing to it. Let the pipeline convert or download it, into memory of the"
                            + " system, before it comes here.");
        }
        long size = LibGstBuffer.mappedSize(mapInfo.address());
        if (size == 0 || size > Integer.MAX_VALUE) {
            LibGstBuffer.gst_buffer_unmap(buffer, mapInfo.address());
            mapInfo.free();
            if (size == 0) {
                return Unpooled.EMPTY_BUFFER;
            }
            throw new IllegalStateException("a GstBuffer's memory of " + size + " bytes does not fit into a ByteBuf");
        }
        if (LibGstMiniObject.lockCount(LibGstBuffer.gst_buffer_peek_memory(buffer, index)) > MOST_LOCKS) {
            ByteBuf copy = Unpooled.directBuffer((int) size)
                    .writeBytes(Memory.buffer(LibGstBuffer.mappedData(mapInfo.address()), (int) size));
            LibGstBuffer.gst_buffer_unmap(buffer, mapInfo.address());
            mapInfo.free();
            return copy.asReadOnly();
        }
        LibGstMiniObject.gst_mini_object_ref(buffer);
        ByteBuf mapped = new MappedMemory(buffer, mapInfo, (int) size);
        return (flags & LibGstBuffer.MAP_WRITE) == 0 ? mapped.asReadOnly() : mapped;
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        LibGstBuffer.gst_buffer_unmap(buffer, mapInfo.address());
        mapInfo.free();
        LibGstMiniObject.gst_mini_object_unref(buffer);
    }
}
