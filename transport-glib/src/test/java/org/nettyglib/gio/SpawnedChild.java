package org.nettyglib.gio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/** A child of this process that nobody waits for yet: as a C library starts one, by posix_spawn(3). */
final class SpawnedChild {
    private SpawnedChild() {}

    /** {@return the process id of a shell that runs a script} */
    static long sh(String script) throws Throwable {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pid = arena.allocate(JAVA_INT);
            MemorySegment shell = arena.allocateFrom("/bin/sh");
            MemorySegment arguments = arena.allocate(ADDRESS, 4);
            arguments.setAtIndex(ADDRESS, 0, shell);
            arguments.setAtIndex(ADDRESS, 1, arena.allocateFrom("-c"));
            arguments.setAtIndex(ADDRESS, 2, arena.allocateFrom(script));
            MemorySegment environment = arena.allocate(ADDRESS);
            int error = (int) linker.downcallHandle(linker.defaultLookup().findOrThrow("posix_spawn"), type)
                    .invokeExact(pid, shell, MemorySegment.NULL, MemorySegment.NULL, arguments, environment);
            assertThat(error).as("posix_spawn").isZero();
            return pid.get(JAVA_INT, 0);
        }
    }
}
