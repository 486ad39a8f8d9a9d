package org.nettyglib.loop;

import io.netty.channel.unix.IovArray;
import org.jspecify.annotations.Nullable;

/**
 * Native memory that the channels of one loop share for the length of a system call: the attachment of a registration.
 * Allocated with the first use. For the loop's thread, and only until other code can run: a listener that runs a nested
 * main loop lets another channel fill the same array.
 */
public final class NativeArrays {
    private @Nullable IovArray iovArray;

    NativeArrays() {}

    /** The loop's array of {@code struct iovec}, emptied. */
    public IovArray cleanIovArray() {
        if (iovArray == null) {
            iovArray = new IovArray();
        } else {
            iovArray.clear();
        }
        return iovArray;
    }

    void free() {
        if (iovArray != null) {
            iovArray.release();
            iovArray = null;
        }
    }
}
