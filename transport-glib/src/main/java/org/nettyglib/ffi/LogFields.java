package org.nettyglib.ffi;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one of GLib's log messages: an array of {@code GLogField}, good during the call that hands it over.
 * Nothing is copied before it is asked for.
 *
 * @param address of the first field
 * @param count how many there are
 * @see <a href="https://docs.gtk.org/glib/struct.LogField.html">GLogField</a>
 */
public record LogFields(long address, long count) {
    private static final byte[] DOMAIN = key("GLIB_DOMAIN");
    private static final byte[] MESSAGE = key("MESSAGE");

    /** {@code GLogField}: const char* key, const void* value, gssize length. */
    private static final int SIZEOF_FIELD = 3 * 8;

    private static final int VALUE_OFFSET = 8;
    private static final int LENGTH_OFFSET = 2 * 8;

    /** The length of a value that ends with a NUL. */
    private static final long TERMINATED = -1;

    private static byte[] key(String text) {
        return (text + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return what GLib calls the domain, or null without one} */
    public @Nullable String domain() {
        return text(DOMAIN);
    }

    /** {@return the text as it is, or null without one; what is no UTF-8 becomes U+FFFD} */
    public @Nullable String message() {
        return text(MESSAGE);
    }

    private @Nullable String text(byte[] key) {
        for (long i = 0; i < count; i++) {
            long field = address + i * SIZEOF_FIELD;
            if (startsWith(Memory.getLong(field), key)) {
                long value = Memory.getLong(field + VALUE_OFFSET);
                return value == 0 ? null : decode(value, Memory.getLong(field + LENGTH_OFFSET));
            }
        }
        return null;
    }

    private static String decode(long value, long length) {
        return length == TERMINATED
                ? Memory.getString(value)
                : new String(Memory.getBytes(value, Math.toIntExact(length)), StandardCharsets.UTF_8);
    }

    /** Reads no further than to the first difference: a key is as long as its own NUL says. */
    private static boolean startsWith(long address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (Memory.getByte(address + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
