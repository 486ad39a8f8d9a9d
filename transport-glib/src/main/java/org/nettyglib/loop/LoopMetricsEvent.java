package org.nettyglib.loop;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** {@link GLibLoopMetrics}, once per period for each loop. */
@Name(LoopMetricsEvent.NAME)
@Label("Event Loop Metrics")
@Description("What an event loop on a GMainContext has counted since it began")
@Category("Netty on GLib")
@Period("1 s")
@StackTrace(false)
final class LoopMetricsEvent extends Event {
    static final String NAME = "org.nettyglib.LoopMetrics";

    @Label("Event Loop")
    private final String loop;

    @Label("Iterations")
    @Description("How often the context was iterated, by whomever")
    private final long iterations;

    @Label("Dispatches")
    @Description("How many turns the loop's sources had")
    private final long dispatches;

    @Label("Dispatch Time")
    @Description("How long these turns took together")
    @Timespan(Timespan.NANOSECONDS)
    private final long dispatchTime;

    @Label("Longest Dispatch")
    @Timespan(Timespan.NANOSECONDS)
    private final long longestDispatch;

    @Label("Wake-ups Written")
    @Description("How often another thread had to wake the context up by a system call")
    private final long wakeupsWritten;

    @Label("Wake-ups Saved")
    @Description("How often it had not")
    private final long wakeupsSaved;

    @Label("Yields")
    @Description("How often the loop's sources paused for those of lower priority")
    private final long yields;

    @Label("Nesting Depth")
    @Description("How many turns are under way, one inside the other")
    private final int nestingDepth;

    @Label("Lag")
    @Description("For how long tasks or a timer have been due")
    @Timespan(Timespan.NANOSECONDS)
    private final long lag;

    private LoopMetricsEvent(String loop, GLibLoopMetrics metrics) {
        this.loop = loop;
        iterations = metrics.iterations();
        dispatches = metrics.dispatches();
        dispatchTime = metrics.dispatchNanos();
        longestDispatch = metrics.longestDispatchNanos();
        wakeupsWritten = metrics.wakeupsWritten();
        wakeupsSaved = metrics.wakeupsSaved();
        yields = metrics.yields();
        nestingDepth = metrics.nestingDepth();
        lag = metrics.lagNanos();
    }

    static void emitAll() {
        for (LoopEvents events : LoopEvents.all()) {
            new LoopMetricsEvent(events.loop(), events.metrics()).commit();
        }
    }
}
