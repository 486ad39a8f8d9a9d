package org.nettyglib.loop;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** With each line that the {@link Watchdog} logs. */
@Name(StallEvent.NAME)
@Label("Event Loop Stall")
@Description("The GMainContext of an event loop was not iterated for longer than its watchdog allows")
@Category("Netty on GLib")
@StackTrace(false)
final class StallEvent extends Event {
    static final String NAME = "org.nettyglib.Stall";

    @Label("Event Loop")
    private final String loop;

    @Label("Stalled Thread")
    @Description("The thread that iterates the context, if there is one")
    private final @Nullable Thread stalledThread;

    @Label("Stalled For")
    @Timespan(Timespan.NANOSECONDS)
    private final long stalledFor;

    @Label("Over")
    @Description("Whether the context is iterated again")
    private final boolean over;

    private StallEvent(String loop, @Nullable Thread stalledThread, long stalledFor, boolean over) {
        this.loop = loop;
        this.stalledThread = stalledThread;
        this.stalledFor = stalledFor;
        this.over = over;
    }

    static void emit(String loop, @Nullable Thread thread, long nanos, boolean over) {
        new StallEvent(loop, thread, nanos, over).commit();
    }
}
