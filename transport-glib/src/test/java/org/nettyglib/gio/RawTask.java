package org.nettyglib.gio;

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
import org.gnome.glib.Quark;
import org.javagi.base.GErrorException;
import org.nettyglib.ffi.ErrorSlot;

/**
 * A {@code GTask} without an object of any binding: the smallest operation of GIO, which ends when a test says so.
 *
 * @see <a href="https://docs.gtk.org/gio/class.Task.html">GTask</a>
 */
final class RawTask {
    private static final SymbolLookup GIO = library("libgio-2.0.so.0");
    private static final SymbolLookup GLIB = library("libglib-2.0.so.0");
    private static final SymbolLookup GOBJECT = library("libgobject-2.0.so.0");

    private static final MethodHandle NEW =
            bind(GIO, "g_task_new", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CHECK = bindVoid(GIO, "g_task_set_check_cancellable", JAVA_LONG, JAVA_INT);
    private static final MethodHandle RETURN_INT = bindVoid(GIO, "g_task_return_int", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RETURN_ERROR = bindVoid(GIO, "g_task_return_error", JAVA_LONG, ADDRESS);
    private static final MethodHandle PROPAGATE = bind(GIO, "g_task_propagate_int", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle NEW_ERROR =
            bind(GLIB, "g_error_new_literal", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle UNREF = bindVoid(GOBJECT, "g_object_unref", JAVA_LONG);

    private final long address;

    private RawTask(long address) {
        this.address = address;
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup library(String soname) {
        return SymbolLookup.libraryLookup(soname, Arena.global());
    }

    private static MethodHandle bind(
            SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
        return bind(library, name, FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle bindVoid(SymbolLookup library, String name, MemoryLayout... arguments) {
        return bind(library, name, FunctionDescriptor.ofVoid(arguments));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle bind(SymbolLookup library, String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
    }

    /**
     * Begins one, in the thread-default context of this thread.
     *
     * @param heedsCancellation whether a result is dropped when the cancellable was cancelled before it was taken
     */
    static RawTask begin(long cancellable, long callback, long userData, boolean heedsCancellation) {
        try {
            long task = (long) NEW.invokeExact(0L, cancellable, callback, userData);
            CHECK.invokeExact(task, heedsCancellation ? 1 : 0);
            return new RawTask(task);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Ends it with a result. Once, from any thread. */
    void end(long result) {
        try {
            RETURN_INT.invokeExact(address, result);
            UNREF.invokeExact(address);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Ends it with an error. Once, from any thread. */
    void fail(Quark domain, int code, String message) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = (MemorySegment)
                    NEW_ERROR.invokeExact(domain.getValue().intValue(), code, arena.allocateFrom(message));
            RETURN_ERROR.invokeExact(address, error);
            UNREF.invokeExact(address);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Takes the result. */
    static long take(long task) throws GErrorException {
        ErrorSlot slot = ErrorSlot.get();
        long result;
        try {
            result = (long) PROPAGATE.invokeExact(task, slot.address());
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
        slot.check();
        return result;
    }
}
