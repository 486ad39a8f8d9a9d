package org.nettyglib.channel;

import java.util.Random;
import java.util.zip.CRC32;

/** Bytes that differ from place to place, so that what is lost, doubled or out of order is noticed. */
public final class Payload {
    private Payload() {}

    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    public static long checksum(byte[] bytes) {
        return checksum(bytes, 0, bytes.length);
    }

    static long checksum(byte[] bytes, int offset, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, offset, length);
        return checksum.getValue();
    }
}
