package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;

/** The frames of {@link MediaSoak}: each says which it is, and its other bytes depend on that. */
final class SoakFrames {
    /** With {@link #PER_SECOND} of them it is 1 Mbit/s. */
    static final int BYTES = 5_000;

    static final int PER_SECOND = 25;

    /** One key frame a second. */
    static final int KEY_DISTANCE = PER_SECOND;

    private static final int PERIOD = 251;

    /** Byte i is i modulo {@link #PERIOD}: the rest of frame n is what begins at n modulo that. */
    private static final byte[] PATTERN = pattern();

    private SoakFrames() {}

    private static byte[] pattern() {
        byte[] pattern = new byte[PERIOD + BYTES];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) (i % PERIOD);
        }
        return pattern;
    }

    static MediaFrame make(long number) {
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(BYTES);
        bytes.writeLong(number).writeBytes(PATTERN, (int) (number % PERIOD), BYTES - Long.BYTES);
        return MediaFrame.builder(bytes)
                .flags(number % KEY_DISTANCE == 0 ? 0 : MediaFrame.FLAG_DELTA_UNIT)
                .build();
    }

    /** Whether there is this frame and no other. */
    static boolean is(long number, ByteBuffer frame) {
        return frame.remaining() == BYTES
                && frame.getLong(frame.position()) == number
                && frame.slice(frame.position() + Long.BYTES, BYTES - Long.BYTES)
                        .equals(ByteBuffer.wrap(PATTERN, (int) (number % PERIOD), BYTES - Long.BYTES));
    }
}
