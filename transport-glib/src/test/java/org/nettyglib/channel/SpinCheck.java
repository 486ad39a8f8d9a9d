package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.fail;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at the processor time of a loop that should have nothing to do. */
record SpinCheck(FileChannel stat) implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");
    private static final int MILLIS_PER_TICK = 10;
    private static final long WINDOW_MILLIS = 150;
    private static final long BUSY_MILLIS = 30;

    /** What the test has just set off may still go on in the first; a loop that spins is busy in all of them. */
    private static final int WINDOWS = 4;

    /** Fails if the loop's thread is busy. */
    static void assertIdle(EventLoop loop) throws InterruptedException, IOException {
        try (SpinCheck check = of(loop)) {
            check.assertIdle();
        }
    }

    static SpinCheck of(EventLoop loop) throws InterruptedException, IOException {
        Path thread = Await.success(loop.submit(() -> Files.readSymbolicLink(PROC.resolve("thread-self"))));
        return new SpinCheck(FileChannel.open(PROC.resolve(thread).resolve("stat")));
    }

    /** Needs no descriptor but the one it has. */
    void assertIdle() throws InterruptedException, IOException {
        long busy = 0;
        for (int i = 0; i < WINDOWS; i++) {
            long before = processorMillis();
            Thread.sleep(WINDOW_MILLIS);
            busy = processorMillis() - before;
            if (busy < BUSY_MILLIS) {
                return;
            }
        }
        fail("the loop spins: %d ms of processor time in %d ms without work", busy, WINDOW_MILLIS);
    }

    /** User and system time: the fields 14 and 15 of proc(5), of which the second may contain blanks. */
    private long processorMillis() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1024);
        stat.read(bytes, 0);
        String text = StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
        String[] fromField3 = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fromField3[11]) + Long.parseLong(fromField3[12])) * MILLIS_PER_TICK;
    }

    @Override
    public void close() throws IOException {
        stat.close();
    }
}
