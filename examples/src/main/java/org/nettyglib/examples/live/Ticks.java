package org.nettyglib.examples.live;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.Source;
import org.jspecify.annotations.Nullable;
import org.nettyglib.examples.live.web.EventHub;
import org.nettyglib.examples.live.web.FrameHub;
import org.nettyglib.examples.live.web.Report;
import org.nettyglib.examples.live.web.ThreadLedger;

/**
 * The two clocks of the demo, one of each library in the same thread: a timeout of GLib's looks at the pipeline,
 * a timer
 * of Netty's tells the pages. To be used on the loop's thread only.
 */
final class Ticks {

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Ticks.class);

    private static final int LOOK_MILLIS = 250;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final ThreadLedger ledger;
    private final Report report;
    private final EventHub events;
    private final FrameHub frames;

    private int timeout;
    private @Nullable ScheduledFuture<?> timer;

    Ticks(EventLoop loop, ThreadLedger ledger, Report report, EventHub events, FrameHub frames) {
        this.loop = loop;
        this.ledger = ledger;
        this.report = report;
        this.events = events;
        this.frames = frames;
    }

    void start() {
        timeout = GLib.timeoutAdd(GLib.PRIORITY_DEFAULT, LOOK_MILLIS, this::look);
        again();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (timeout != 0) {
            Source.remove(timeout);
            timeout = 0;
        }
    }

    /** Nothing may be thrown from here: java-gi would end the timeout. */
    private boolean look() {
        try {
            ledger.here(ThreadLedger.Work.GLIB_TIMEOUT);
            report.look();
            frames.repeat();
        } catch (Throwable e) {
            logger.warn("The pipeline cannot be looked at", e);
        }
        return GLib.SOURCE_CONTINUE;
    }

    private void again() {
        long due = System.nanoTime() + TELL_NANOS;
        timer = loop.schedule(() -> tell(due), TELL_NANOS, TimeUnit.NANOSECONDS);
    }

    private void tell(long due) {
        again();
        ledger.here(ThreadLedger.Work.NETTY_TIMER);
        report.tick(System.nanoTime() - due);
        events.report();
    }
}
