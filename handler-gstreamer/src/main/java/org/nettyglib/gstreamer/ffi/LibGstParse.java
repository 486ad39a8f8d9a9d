package org.nettyglib.gstreamer.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.Memory;

/**
 * Pipelines from the syntax of {@code gst-launch-1.0}. From any thread.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstparse.html">GstParse</a>
 */
public final class LibGstParse {
    private static final MethodHandle LAUNCH_FULL =
            GstLibraries.GSTREAMER.bind("gst_parse_launch_full", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle CONTEXT_NEW = GstLibraries.GSTREAMER.bind("gst_parse_context_new", JAVA_LONG);
    private static final MethodHandle CONTEXT_FREE =
            GstLibraries.GSTREAMER.bindVoid("gst_parse_context_free", JAVA_LONG);
    private static final MethodHandle CONTEXT_GET_MISSING =
            GstLibraries.GSTREAMER.bind("gst_parse_context_get_missing_elements", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle STRFREEV = GstLibraries.GSTREAMER.bindVoid("g_strfreev", JAVA_LONG);

    /** {@code GST_PARSE_FLAG_FATAL_ERRORS} of gst/gstparse.h: a pipeline without errors, or none. */
    private static final int FATAL_ERRORS = 1;

    private LibGstParse() {}

    /**
     * What came of a description.
     *
     * @param element with a floating reference; 0 if there is none
     * @param error why not
     * @param missing names of the elements that are not installed
     */
    public record Parsed(long element, @Nullable GstError error, List<String> missing) {}

    public static Parsed gst_parse_launch_full(String description) {
        try (Arena arena = Arena.ofConfined()) {
            long text = arena.allocateFrom(description, StandardCharsets.UTF_8).address();
            long error = arena.allocate(Long.BYTES, Long.BYTES).address();
            long context = (long) CONTEXT_NEW.invokeExact();
            try {
                long element = (long) LAUNCH_FULL.invokeExact(text, context, FATAL_ERRORS, error);
                long found = Memory.getLong(error);
                return new Parsed(element, found == 0 ? null : GstError.take(found), missing(context));
            } finally {
                CONTEXT_FREE.invokeExact(context);
            }
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    private static List<String> missing(long context) throws Throwable {
        List<String> names = new ArrayList<>();
        long vector = (long) CONTEXT_GET_MISSING.invokeExact(context);
        if (vector != 0) {
            for (long next = vector; Memory.getLong(next) != 0; next += Long.BYTES) {
                names.add(Memory.getString(Memory.getLong(next)));
            }
            STRFREEV.invokeExact(vector);
        }
        return names;
    }
}
