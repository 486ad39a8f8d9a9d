package org.nettyglib.gstreamer.ffi;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Room of the calling thread for what one call of C returns through pointers. To be read before anything else is called. */
final class Scratch {
    private static final int BYTES = 64;

    private static final FastThreadLocal<MemorySegment> ROOM = new FastThreadLocal<>() {
        @Override
        protected MemorySegment initialValue() {
            return Arena.ofAuto().allocate(BYTES, ValueLayout.JAVA_LONG.byteAlignment());
        }
    };

    private Scratch() {}

    /** {@return the address of {@value #BYTES} bytes, all zero} They are collected with the thread. */
    static long cleared() {
        return ROOM.get().fill((byte) 0).address();
    }
}
