package org.nettyglib.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** An object of ours as the data of a {@code GTask}, until C drops the last reference to the task. From any thread. */
public final class TaskData {
    /** What a task carries. */
    public interface Target {
        /** The task is being finalised, on the thread that dropped the last reference. */
        void gone();
    }

    private static final Tokens<Target> TARGETS = new Tokens<>();

    private static final long GONE_STUB =
            Upcalls.stub(MethodHandles.lookup(), "gone", MethodType.methodType(void.class, long.class));

    /** Tells the tasks that carry something of ours; any address that nobody else uses. */
    private static final long TAG = GONE_STUB;

    private TaskData() {}

    public static void set(long task, Target target) {
        LibGioTask.g_task_set_source_tag(task, TAG);
        LibGioTask.g_task_set_task_data(task, TARGETS.add(target), GONE_STUB);
    }

    /** {@return what a {@code GAsyncResult} carries, or null if it is none of ours} */
    public static @Nullable Target get(long result) {
        return LibGioTask.g_async_result_is_tagged(result, TAG)
                ? TARGETS.get(LibGioTask.g_task_get_task_data(result))
                : null;
    }

    /** {@return how many tasks are alive, for tests that look for leaks} */
    public static int alive() {
        return TARGETS.size();
    }

    @SuppressWarnings("unused") // the target of GONE_STUB
    private static void gone(long token) {
        try {
            Target target = TARGETS.remove(token);
            if (target != null) {
                target.gone();
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }
}
