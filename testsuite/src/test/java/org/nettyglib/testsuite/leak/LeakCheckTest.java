package org.nettyglib.testsuite.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakCheckTest {

    /** Without the system property Netty would only log leaks, and every class would pass the check. */
    @Test
    void shouldRecordBufferThatIsCollectedUnreleased() throws InterruptedException {
        leak();
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < 100 && leaks.isEmpty(); i++) {
            System.gc();
            Thread.sleep(20);
            leaks.addAll(RecordingLeakDetector.takeLeaks());
        }
        assertThat(leaks).singleElement().asString().contains("ByteBuf", "LeakCheckTest.leak");
    }

    private static void leak() {
        ByteBufAllocator.DEFAULT.buffer(16);
    }
}
