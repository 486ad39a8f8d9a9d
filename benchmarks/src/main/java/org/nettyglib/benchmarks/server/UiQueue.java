package org.nettyglib.benchmarks.server;

import io.netty.util.internal.PlatformDependent;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gnome.glib.MainContext;

/**
 * How a program hands work to the thread of its user interface today, in the fastest safe form: a queue, and one GSource that other
 * threads make ready. (java-gi's {@code GLib.idleAdd} is not safe to call from another thread, and makes a source for each call.) It
 * has GLib's default priority, and only the first of several tasks that wait wakes the thread.
 *
 * <p>Lives as long as the process.
 */
public final class UiQueue implements Executor {

    /** {@code sizeof(GSource)} on 64-bit systems, see glib/gmain.h. */
    private static final int SIZEOF_GSOURCE = 96;

    /** {@code GSourceFuncs}: prepare, check, dispatch, finalize, closure_callback, closure_marshal. */
    private static final int FUNCS = 6;

    private static final int DISPATCH = 2;
    private static final int G_SOURCE_CONTINUE = 1;
    private static final long AT_ONCE = 0;
    private static final long NEVER = -1;

    private static final MethodHandle SOURCE_NEW = function(
            "g_source_new", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle SOURCE_ATTACH = function(
            "g_source_attach",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle SOURCE_SET_READY_TIME = function(
            "g_source_set_ready_time", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private final Queue<Runnable> tasks = PlatformDependent.newMpscQueue();

    /** Set by the thread whose task finds the queue asleep, cleared by the user interface's before it looks for tasks. */
    private final AtomicBoolean awake = new AtomicBoolean();

    private final long source;

    /** May be called by any thread, whether somebody iterates the context already or not. */
    public UiQueue(MainContext context) {
        MemorySegment funcs = Arena.global().allocate(ValueLayout.ADDRESS, FUNCS);
        funcs.setAtIndex(ValueLayout.ADDRESS, DISPATCH, dispatchStub());
        try {
            source = (long) SOURCE_NEW.invokeExact(funcs.address(), SIZEOF_GSOURCE);
            int ignored =
                    (int) SOURCE_ATTACH.invokeExact(source, context.handle().address());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Runs the task on the thread that iterates the context. May be called by any thread. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (awake.compareAndSet(false, true)) {
            setReadyTime(AT_ONCE);
        }
    }

    @SuppressWarnings("unused") // the target of the stub
    private int dispatch(long self, long callback, long userData) {
        setReadyTime(NEVER);
        awake.set(false);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (Throwable t) {
                t.printStackTrace(); // what leaves an upcall ends the JVM
            }
        }
        return G_SOURCE_CONTINUE;
    }

    private void setReadyTime(long time) {
        try {
            SOURCE_SET_READY_TIME.invokeExact(source, time);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private MemorySegment dispatchStub() {
        FunctionDescriptor descriptor = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
        MethodType type = descriptor.toMethodType();
        try {
            MethodHandle target = MethodHandles.lookup()
                    .findVirtual(UiQueue.class, "dispatch", type)
                    .bindTo(this);
            return Linker.nativeLinker().upcallStub(target, descriptor, Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        SymbolLookup glib = SymbolLookup.libraryLookup("libglib-2.0.so.0", Arena.global());
        return Linker.nativeLinker().downcallHandle(glib.findOrThrow(name), descriptor);
    }
}
