package org.nettyglib.loop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that uses a loop and records nothing. */
final class LoopEventsProgram {
    private LoopEventsProgram() {}

    public static void main(String[] args) throws Exception {
        System.out.println("jdk.jfr " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        GLibLoopOptions options = GLibLoopOptions.defaults().watchdog(Duration.ofMillis(1));
        GLibEventLoopGroup group = new GLibEventLoopGroup(1, null, options);
        // Long enough for a stall, which would be recorded, too.
        group.submit(() -> {
                    TimeUnit.MILLISECONDS.sleep(200);
                    return null;
                })
                .get();
        group.submit(() -> {}).get();
        group.shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .sync();
        System.out.println("done");
    }
}
