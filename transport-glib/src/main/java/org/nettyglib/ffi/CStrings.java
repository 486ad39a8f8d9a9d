package org.nettyglib.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strings for C, in the encoding of file names, which is that of a program's arguments, too; they live as long as an arena. And strings
 * of C's.
 */
public final class CStrings {
    private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

    private CStrings() {}

    /** A {@code char*}. */
    public static long of(Arena arena, String text) {
        byte[] bytes = text.getBytes(FILE_NAMES);
        MemorySegment copy = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return copy.address();
    }

    /** {@return the text of a UTF-8 {@code char *} that GLib has handed to the caller, which is freed; null for null} */
    public static @Nullable String take(long text) {
        if (text == 0) {
            return null;
        }
        String copy = Memory.getString(text);
        LibGlib.g_free(text);
        return copy;
    }

    /** A {@code char**}, which a null pointer ends. */
    public static long vectorOf(Arena arena, List<String> texts) {
        MemorySegment vector = arena.allocate(ValueLayout.JAVA_LONG, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            vector.setAtIndex(ValueLayout.JAVA_LONG, i, of(arena, texts.get(i)));
        }
        return vector.address();
    }
}
