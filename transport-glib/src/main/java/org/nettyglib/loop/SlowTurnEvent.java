package org.nettyglib.loop;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A turn of a loop's sources that took long: everything else on the context had to wait. */
@Name(SlowTurnEvent.NAME)
@Label("Slow Dispatch")
@Description("The channels, tasks and timers of an event loop kept the other sources of its GMainContext waiting")
@Category("Netty on GLib")
@Threshold("20 ms")
@StackTrace(false)
final class SlowTurnEvent extends Event {
    static final String NAME = "org.nettyglib.SlowDispatch";

    @Label("Event Loop")
    private @Nullable String loop;

    @Label("Nesting Depth")
    @Description("How many turns were under way, one inside the other: more than one in a nested main loop")
    private int nestingDepth;

    private SlowTurnEvent() {}

    /** Returns what has to be handed to {@link #finish}, or null if nobody records. */
    static @Nullable Object start() {
        SlowTurnEvent event = new SlowTurnEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /** Records the turn if it took long enough. */
    static void finish(Object started, String loop, int nestingDepth) {
        SlowTurnEvent event = (SlowTurnEvent) started;
        event.end();
        if (event.shouldCommit()) {
            event.loop = loop;
            event.nestingDepth = nestingDepth;
            event.commit();
        }
    }
}
