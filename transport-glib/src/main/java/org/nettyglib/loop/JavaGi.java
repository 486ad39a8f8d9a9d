package org.nettyglib.loop;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.reflect.Field;
import java.util.Optional;
import org.javagi.interop.Interop;
import org.nettyglib.ffi.LibGlib;

/**
 * A remedy for java-gi 0.14 on GLib before 2.76: the initialiser of all its GObject classes insists on
 * {@code g_bookmark_file_get_type}, which that GLib does not have. Its symbol lookup is made to answer that one name with
 * the type function of another boxed type. Nothing is done where GLib has the function.
 */
final class JavaGi {
    private static final String MISSING = "g_bookmark_file_get_type";
    private static final String STAND_IN = "g_key_file_get_type";

    private static boolean done;

    private JavaGi() {}

    static synchronized void initialize() {
        if (!done) {
            if (LibGlib.glib_check_version(2, 76, 0) != null) {
                standIn();
            }
            done = true;
        }
    }

    private static void standIn() {
        try {
            Field field = Interop.class.getDeclaredField("symbolLookup");
            field.setAccessible(true);
            SymbolLookup original = (SymbolLookup) field.get(null);
            MemorySegment standIn = gobjectFunction();
            SymbolLookup patched = name -> {
                Optional<MemorySegment> found = original.find(name);
                return found.isEmpty() && name.equals(MISSING) ? Optional.of(standIn) : found;
            };
            field.set(null, patched);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "java-gi 0.14 does not start on GLib before 2.76 without help, and helping it was refused: start the"
                            + " JVM with --add-opens org.gnome.glib/org.javagi.interop=org.nettyglib.transport, or"
                            + " install GLib 2.76 or newer",
                    e);
        }
    }

    @SuppressWarnings("restricted")
    private static MemorySegment gobjectFunction() {
        return SymbolLookup.libraryLookup("libgobject-2.0.so.0", Arena.global())
                .or(Linker.nativeLinker().defaultLookup())
                .find(STAND_IN)
                .orElseThrow(() -> new IllegalStateException("libgobject-2.0 has no function " + STAND_IN));
    }
}
