package org.nettyglib.ffi;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.javagi.base.GErrorException;

/**
 * The calling thread's {@code GError *}, to hand to one call and to look at right after it:
 *
 * <pre>{@code
 * ErrorSlot slot = ErrorSlot.get();
 * long result = g_something(…, slot.address());
 * slot.check();
 * }</pre>
 */
public final class ErrorSlot {
    private static final FastThreadLocal<ErrorSlot> SLOTS = new FastThreadLocal<>() {
        @Override
        protected ErrorSlot initialValue() {
            return new ErrorSlot();
        }
    };

    // Collected with the thread.
    private final MemorySegment slot = Arena.ofAuto().allocate(ValueLayout.ADDRESS);

    private ErrorSlot() {}

    public static ErrorSlot get() {
        return SLOTS.get();
    }

    /** Where to put an error; empty from here on. */
    public long address() {
        slot.set(ValueLayout.ADDRESS, 0, MemorySegment.NULL);
        return slot.address();
    }

    /** {@return whether the call has failed} */
    public boolean isSet() {
        return slot.get(ValueLayout.JAVA_LONG, 0) != 0;
    }

    /**
     * Does nothing if the call went well.
     *
     * @throws GErrorException if it has failed
     */
    public void check() throws GErrorException {
        long error = slot.get(ValueLayout.JAVA_LONG, 0);
        if (error != 0) {
            // This call may be inside another one that is going to use the slot.
            slot.set(ValueLayout.ADDRESS, 0, MemorySegment.NULL);
            throw NativeError.take(error);
        }
    }
}
