package org.nettyglib.testsuite.leak;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which a buffer leaked. JUnit finds it by META-INF/services, so no class can forget it.
 *
 * <p>Netty's own LeakPresenceExtension looks more closely, but allows a loop's thread to work only for the test class
 * that started it; the loops of Netty's testsuite serve all of them.
 */
public final class LeakCheck implements AfterAllCallback {

    private static final int COLLECTIONS = 2;
    private static final long PAUSE_MILLIS = 20;

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        // The reference handler enqueues what a collection found a little later, on a thread of its own.
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
        }
        List<String> leaks = RecordingLeakDetector.takeLeaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaks by the end of "
                    + context.getRequiredTestClass().getSimpleName() + ":\n" + String.join("\n", leaks));
        }
    }
}
