package org.nettyglib.benchmarks.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The CPU time of another process to the nanosecond, user and system, with that of threads which have ended. proc(5) has it in
 * ticks of 10 ms only.
 */
final class ProcessClock {

    /** CPUCLOCK_SCHED, see clock_getcpuclockid(3) and the kernel's include/linux/posix-timers.h. */
    private static final int CPUCLOCK_SCHED = 2;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final MethodHandle CLOCK_GETTIME = clockGettime();

    private ProcessClock() {}

    @SuppressWarnings("restricted")
    private static MethodHandle clockGettime() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    static long cpuNanos(long pid) {
        int clock = (~(int) pid << 3) | CPUCLOCK_SCHED;
        try (Arena arena = Arena.ofConfined()) {
            // struct timespec of a 64-bit system: seconds and nanoseconds, 8 bytes each.
            MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            if ((int) CLOCK_GETTIME.invokeExact(clock, time) != 0) {
                throw new BenchmarkException("process " + pid + " has no CPU clock: it has ended");
            }
            return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND
                    + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
        } catch (BenchmarkException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
