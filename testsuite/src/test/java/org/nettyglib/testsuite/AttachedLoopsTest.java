package org.nettyglib.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.EventExecutor;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the attached loops are what they are called: driven by nothing but main loops of GLib. */
@Timeout(60)
class AttachedLoopsTest {

    @Test
    void shouldRunInsideMainLoopsThatEndWithThem() throws Exception {
        AttachedLoops loops = new AttachedLoops(2);
        Set<Thread> threads = new HashSet<>();
        for (EventExecutor loop : loops) {
            Thread thread = loop.submit(Thread::currentThread).sync().getNow();
            assertThat(thread.getStackTrace()).anyMatch(AttachedLoopsTest::isMainLoop);
            threads.add(thread);
        }
        assertThat(threads).hasSize(2);

        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();

        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static boolean isMainLoop(StackTraceElement frame) {
        return frame.getClassName().equals(MainLoop.class.getName())
                && frame.getMethodName().equals("run");
    }
}
