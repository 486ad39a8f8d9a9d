package org.nettyglib.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * A source that a pollable stream has made, attached to a context. It does not recurse: GLib neither polls nor dispatches
 * it inside its own dispatch. For the thread that iterates the context.
 *
 * @see <a href="https://docs.gtk.org/gio/callback.PollableSourceFunc.html">GPollableSourceFunc</a>
 */
public final class PollableSource {
    /** Who is told. */
    public interface Target {
        /** The stream is ready, or was taken for ready. */
        void ready();
    }

    private static final Tokens<Target> TARGETS = new Tokens<>();

    private static final long STUB =
            Upcalls.stub(MethodHandles.lookup(), "ready", MethodType.methodType(int.class, long.class, long.class));

    private final long source;
    private final long token;

    /**
     * Attaches a source.
     *
     * @param source a new one, with its only reference
     * @param name a C string, which GLib copies
     */
    public PollableSource(long source, long name, int priority, long context, Target target) {
        this.source = source;
        token = TARGETS.add(target);
        LibGlib.g_source_set_name(source, name);
        LibGlib.g_source_set_priority(source, priority);
        LibGlibSources.g_source_set_callback(source, STUB, token, 0);
        LibGlib.g_source_attach(source, context);
    }

    public void priority(int priority) {
        LibGlib.g_source_set_priority(source, priority);
    }

    /** The target is not told any more. */
    public void destroy() {
        TARGETS.remove(token);
        LibGlib.g_source_destroy(source);
        LibGlib.g_source_unref(source);
    }

    /** How many there are: for tests that look for leaks. */
    public static int live() {
        return TARGETS.size();
    }

    @SuppressWarnings("unused") // the target of STUB
    private static int ready(long stream, long token) {
        try {
            @Nullable Target target = TARGETS.get(token);
            if (target == null) {
                return 0;
            }
            target.ready();
        } catch (Throwable t) {
            Upcalls.report(t);
        }
        // G_SOURCE_CONTINUE; one that was destroyed meanwhile stays so.
        return 1;
    }
}
