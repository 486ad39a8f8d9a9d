package org.nettyglib.testsuite.leak;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps what Netty's leak detector only logs. Netty creates one for each type of resource, by the system property
 * {@code io.netty.customResourceLeakDetector}.
 *
 * @param <T> the type of the resource
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {

    private static final Queue<RecordingLeakDetector<?>> DETECTORS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** Called by Netty, reflectively. */
    public RecordingLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
        DETECTORS.add(this);
    }

    /** Called by Netty, reflectively, where it still uses the older way. */
    @SuppressWarnings("deprecation")
    public RecordingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
        super(resourceType, samplingInterval, maxActive);
        DETECTORS.add(this);
    }

    /** Takes the leaks that were found since the last call. Any thread. */
    static List<String> takeLeaks() {
        DETECTORS.forEach(RecordingLeakDetector::lookForLeaks);
        List<String> leaks = new ArrayList<>();
        for (String leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            leaks.add(leak);
        }
        return leaks;
    }

    /** A detector looks at what was collected only when it starts to track another object. */
    @SuppressWarnings("unchecked") // any object will do: it is only ever compared by identity
    private void lookForLeaks() {
        T probe = (T) new Object();
        ResourceLeakTracker<T> tracker = trackForcibly(probe);
        tracker.close(probe);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        LEAKS.add(resourceType + " was collected without a release." + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        LEAKS.add(resourceType + " was collected without a release; where is not known below level paranoid.");
    }
}
