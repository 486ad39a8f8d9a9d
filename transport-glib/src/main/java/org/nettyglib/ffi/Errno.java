package org.nettyglib.ffi;

import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The {@code errno} of the last call of {@link LibC} that was given this object. One thread at a time uses it: it is
 * part of a loop's state, never shared.
 */
public final class Errno {
    /** {@code errno.h}: EINTR. */
    public static final int EINTR = 4;

    private static final long OFFSET =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    final MemorySegment segment;
    private final Arena arena;

    /**
     * Keeps its memory until {@link #free()}, from any thread. That stops every thread of the JVM for a moment: not for what is
     * made and freed all the time.
     */
    public Errno() {
        this(Arena.ofShared());
    }

    /** Lives as long as the arena. */
    public Errno(Arena arena) {
        this.arena = arena;
        segment = arena.allocate(Linker.Option.captureStateLayout());
    }

    public int value() {
        return segment.get(ValueLayout.JAVA_INT, OFFSET);
    }

    /**
     * Passes a result on that is no error.
     *
     * @param call what was called, with its arguments, for the message
     * @throws UncheckedIOException for -1
     */
    public int check(int result, String call) {
        if (result == -1) {
            throw new UncheckedIOException(failure(call));
        }
        return result;
    }

    /** The exception for the current value, as Netty's own native calls throw it. */
    public IOException failure(String call) {
        return Errors.newIOException(call, -value());
    }

    public void free() {
        arena.close();
    }
}
