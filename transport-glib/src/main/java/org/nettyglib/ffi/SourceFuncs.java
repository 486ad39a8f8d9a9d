package org.nettyglib.ffi;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The {@code GSourceFuncs} of our sources: two stubs for the life of the JVM.
 *
 * <p>A source carries an integer token behind its {@code struct GSource}; a table leads from the token to the
 * {@link Target}. So no stub is made per source, none can be freed while C still holds it, and a source that outlives
 * its target finds nothing and does nothing.
 *
 * <p>Nothing that is thrown leaves an upcall, for the JVM would end: it is logged.
 *
 * @see <a href="https://docs.gtk.org/glib/struct.SourceFuncs.html">GSourceFuncs</a>
 */
public final class SourceFuncs {
    /** What a source calls, on the thread that iterates its context. */
    public interface Target {
        /** Says whether the source is ready without a look at its descriptors. Called before the context polls. */
        boolean prepare();

        /** The source is ready. */
        void dispatch();
    }

    /**
     * {@code sizeof(GSource)} on 64-bit systems; the struct is public in {@code glib/gmain.h} and so part of the ABI:
     * callback_data, callback_funcs, source_funcs, ref_count, context, priority, flags, source_id, poll_fds, prev,
     * next, name, priv.
     */
    private static final int SIZEOF_GSOURCE = 96;

    /** {@code GSourceFuncs}: prepare, check, dispatch, finalize, closure_callback, closure_marshal. */
    private static final int SIZEOF_FUNCS = 6 * 8;

    private static final int DISPATCH_OFFSET = 2 * 8;

    private static final int G_SOURCE_CONTINUE = 1;

    private static final long PREPARE_STUB =
            Upcalls.stub(MethodHandles.lookup(), "prepare", MethodType.methodType(int.class, long.class, long.class));
    private static final long DISPATCH_STUB = Upcalls.stub(
            MethodHandles.lookup(), "dispatch", MethodType.methodType(int.class, long.class, long.class, long.class));

    /** For sources that only their descriptors make ready. */
    private static final long PASSIVE = allocateFuncs();

    private static final Object LOCK = new Object();
    private static final ArrayDeque<Long> spareFuncs = new ArrayDeque<>();

    // Grows only. Entries are written under LOCK and read by the thread that iterates the context of the source: the
    // source was attached after the write, under the lock of the context, which the reader holds before it dispatches.
    private static volatile @Nullable Target[] targets = new @Nullable Target[64];

    private static int used;
    private static int[] free = new int[64];
    private static int freeCount;

    private SourceFuncs() {}

    private static long allocateFuncs() {
        long funcs = Arena.global().allocate(SIZEOF_FUNCS, Long.BYTES).address();
        Memory.putLong(funcs + DISPATCH_OFFSET, DISPATCH_STUB);
        return funcs;
    }

    /** A new, unattached source that is ready when one of its descriptors is: {@link Target#prepare} is not called. */
    public static long newPassiveSource(Target target) {
        return newSource(PASSIVE, target);
    }

    /**
     * A new, unattached source whose {@link Target#prepare} is called at each iteration, if
     * {@link #callPrepare(long, boolean)} says so for its functions.
     *
     * @param funcs from {@link #newFuncs()}
     */
    public static long newSource(long funcs, Target target) {
        long source = LibGlib.g_source_new(funcs, SIZEOF_GSOURCE + Integer.BYTES);
        Memory.putInt(source + SIZEOF_GSOURCE, add(target));
        return source;
    }

    /**
     * Functions for one source, with {@code prepare} switched on. They are never freed but used again after
     * {@link #destroy(long, long)}: GLib looks at them when the last reference to the source is dropped, whoever has it.
     */
    public static long newFuncs() {
        long funcs;
        synchronized (LOCK) {
            Long spare = spareFuncs.poll();
            funcs = spare == null ? allocateFuncs() : spare;
        }
        callPrepare(funcs, true);
        return funcs;
    }

    /**
     * Switches {@code prepare} on or off: GLib looks it up anew at each iteration, and a source without one is just not
     * asked. Only the thread that owns the context of the source may do this.
     */
    public static void callPrepare(long funcs, boolean call) {
        Memory.putLong(funcs, call ? PREPARE_STUB : 0);
    }

    /** Destroys a source with functions of its own, see {@link #destroy(long)}. */
    public static void destroy(long source, long funcs) {
        destroy(source);
        callPrepare(funcs, false);
        synchronized (LOCK) {
            spareFuncs.add(funcs);
        }
    }

    /** Destroys a source and drops our reference. Its target is not called any more. */
    public static void destroy(long source) {
        remove(Memory.getInt(source + SIZEOF_GSOURCE));
        LibGlib.g_source_destroy(source);
        LibGlib.g_source_unref(source);
    }

    private static int add(Target target) {
        synchronized (LOCK) {
            int token = freeCount > 0 ? free[--freeCount] : used++;
            @Nullable Target[] table = targets;
            if (token == table.length) {
                table = Arrays.copyOf(table, token * 2);
            }
            table[token] = target;
            targets = table;
            return token;
        }
    }

    private static void remove(int token) {
        synchronized (LOCK) {
            targets[token] = null;
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, freeCount * 2);
            }
            free[freeCount++] = token;
        }
    }

    /** How many sources have a target: for tests that look for leaks. */
    public static int liveSources() {
        synchronized (LOCK) {
            return used - freeCount;
        }
    }

    private static @Nullable Target target(long source) {
        return targets[Memory.getInt(source + SIZEOF_GSOURCE)];
    }

    @SuppressWarnings("unused") // the target of PREPARE_STUB
    private static int prepare(long source, long timeoutMillis) {
        try {
            Memory.putInt(timeoutMillis, -1);
            Target target = target(source);
            return target != null && target.prepare() ? 1 : 0;
        } catch (Throwable t) {
            Upcalls.report(t);
            return 0;
        }
    }

    @SuppressWarnings("unused") // the target of DISPATCH_STUB
    private static int dispatch(long source, long callback, long userData) {
        try {
            Target target = target(source);
            if (target != null) {
                target.dispatch();
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
        return G_SOURCE_CONTINUE;
    }
}
