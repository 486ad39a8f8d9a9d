package org.nettyglib.loop;

import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/** Waits for the first recording. To be touched only where {@code jdk.jfr} is there. */
final class RecorderStart implements FlightRecorderListener {
    private final Runnable action;

    private RecorderStart(Runnable action) {
        this.action = action;
    }

    /** Calls back once, at once if somebody has recorded before. */
    static void listen(Runnable action) {
        if (FlightRecorder.isAvailable()) {
            FlightRecorder.addListener(new RecorderStart(action));
        }
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        FlightRecorder.register(SlowTurnEvent.class);
        FlightRecorder.register(StallEvent.class);
        FlightRecorder.addPeriodicEvent(LoopMetricsEvent.class, LoopMetricsEvent::emitAll);
        action.run();
    }
}
