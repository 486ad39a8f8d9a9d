package org.nettyglib.loop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Logs as a library in C does. */
final class NativeLog {
    static final int ERROR = 1 << 2;
    static final int CRITICAL = 1 << 3;
    static final int WARNING = 1 << 4;
    static final int MESSAGE = 1 << 5;
    static final int INFO = 1 << 6;
    static final int DEBUG = 1 << 7;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup GLIB = SymbolLookup.libraryLookup("libglib-2.0.so.0", Arena.global());

    private static final MethodHandle LOG = function(
            "g_log", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, ADDRESS, ADDRESS), Linker.Option.firstVariadicArg(3));
    private static final MethodHandle STRUCTURED = function(
            "g_log_structured",
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle STRUCTURED_ARRAY =
            function("g_log_structured_array", FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle SET_WRITER =
            function("g_log_set_writer_func", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle SET_ALWAYS_FATAL =
            function("g_log_set_always_fatal", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle THREAD_NEW =
            function("g_thread_new", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle THREAD_JOIN = function("g_thread_join", FunctionDescriptor.of(ADDRESS, ADDRESS));

    private NativeLog() {}

    private static MemorySegment symbol(String name) {
        return GLIB.find(name).orElseThrow();
    }

    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(symbol(name), type, options);
    }

    private static MemorySegment string(Arena arena, @Nullable String text) {
        return text == null ? MemorySegment.NULL : arena.allocateFrom(text);
    }

    /** {@code g_log(domain, level, "%s", text)}. */
    static void log(@Nullable String domain, int level, String text) {
        try (Arena arena = Arena.ofConfined()) {
            LOG.invokeExact(string(arena, domain), level, string(arena, "%s"), string(arena, text));
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** {@code g_log_structured(domain, level, "CODE_FUNC", "f", "MESSAGE", "%s", text)}. */
    static void structured(@Nullable String domain, int level, String text) {
        try (Arena arena = Arena.ofConfined()) {
            STRUCTURED.invokeExact(
                    string(arena, domain),
                    level,
                    string(arena, "CODE_FUNC"),
                    string(arena, "f"),
                    string(arena, "MESSAGE"),
                    string(arena, "%s"),
                    string(arena, text));
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** {@code g_log_structured_array} with a text of any bytes, of which the first {@code length} count; -1: up to a NUL. */
    static void bytes(int level, byte[] text, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment field = arena.allocate(MemoryLayout.structLayout(ADDRESS, ADDRESS, JAVA_LONG));
            field.set(ADDRESS, 0, string(arena, "MESSAGE"));
            field.set(ADDRESS, 8, arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, text));
            field.set(JAVA_LONG, 16, length);
            STRUCTURED_ARRAY.invokeExact(level, field, 1L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** A critical message of domain GLib, from a thread that GLib starts and Java does not know. */
    static void criticalOnNativeThread() {
        joinThread(newThread());
    }

    /** The same without waiting for it. */
    static MemorySegment newThread() {
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment)
                    THREAD_NEW.invokeExact(string(arena, "native"), symbol("g_main_loop_quit"), MemorySegment.NULL);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    static void joinThread(MemorySegment thread) {
        try {
            MemorySegment ignored = (MemorySegment) THREAD_JOIN.invokeExact(thread);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Another library's writer: GLib's own for the standard streams. */
    static void setOtherWriter() {
        try {
            SET_WRITER.invokeExact(symbol("g_log_writer_standard_streams"), MemorySegment.NULL, MemorySegment.NULL);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    static int setAlwaysFatal(int levels) {
        try {
            return (int) SET_ALWAYS_FATAL.invokeExact(levels);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
