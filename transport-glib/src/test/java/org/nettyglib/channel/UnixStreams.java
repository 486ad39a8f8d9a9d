package org.nettyglib.channel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.netty.channel.unix.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.gnome.gio.InputStream;
import org.gnome.gio.OutputStream;

/** GIO's streams on descriptors, which java-gi has in another library than the rest. */
final class UnixStreams {
    private static final MethodHandle NEW_INPUT = bind("g_unix_input_stream_new");
    private static final MethodHandle NEW_OUTPUT = bind("g_unix_output_stream_new");
    private static final int TRUE = 1;

    private UnixStreams() {}

    @SuppressWarnings("restricted")
    private static MethodHandle bind(String name) {
        return Linker.nativeLinker()
                .downcallHandle(
                        SymbolLookup.libraryLookup("libgio-2.0.so.0", Arena.global())
                                .findOrThrow(name),
                        FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT));
    }

    /** A stream that closes the descriptor. */
    static InputStream input(FileDescriptor fd) {
        return new InputStream.InputStream$Impl(call(NEW_INPUT, fd));
    }

    /** A stream that closes the descriptor. */
    static OutputStream output(FileDescriptor fd) {
        return new OutputStream.OutputStream$Impl(call(NEW_OUTPUT, fd));
    }

    private static MemorySegment call(MethodHandle function, FileDescriptor fd) {
        try {
            return (MemorySegment) function.invokeExact(fd.intValue(), TRUE);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
