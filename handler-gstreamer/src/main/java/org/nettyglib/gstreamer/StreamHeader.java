package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import org.nettyglib.ffi.Memory;
import org.nettyglib.gstreamer.ffi.LibGstCaps;

/** Copies of the buffers in the field {@code streamheader} of caps: few bytes, kept as long as the caps are. */
final class StreamHeader {
    private static final long FIELD = Memory.immortalString("streamheader");

    private StreamHeader() {}

    static List<byte[]> of(long structure) {
        long value = LibGstCaps.gst_structure_get_value(structure, FIELD);
        if (value == 0) {
            return List.of();
        }
        List<byte[]> header = new ArrayList<>();
        if (LibGstCaps.isArray(value)) {
            int size = LibGstCaps.gst_value_array_get_size(value);
            for (int i = 0; i < size; i++) {
                add(header, LibGstCaps.gst_value_array_get_value(value, i));
            }
        } else {
            add(header, value);
        }
        return header;
    }

    private static void add(List<byte[]> header, long value) {
        long buffer = LibGstCaps.buffer(value);
        if (buffer == 0) {
            return;
        }
        ByteBuf bytes = GstBuffers.map(buffer);
        try {
            header.add(ByteBufUtil.getBytes(bytes));
        } finally {
            bytes.release();
        }
    }
}
