package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;

/** Frames that say which they are, and a viewer who reads them. */
final class NumberedFrames implements AutoCloseable {
    /** Less than a channel's high water mark, and many of them are more than all buffers between two sockets. */
    static final int SIZE = 50_000;

    private final List<Integer> numbers = new ArrayList<>();
    private final Thread thread;
    private boolean ended;

    /** Reads on a thread of its own until the end. */
    NumberedFrames(Viewed viewed) {
        thread = Thread.ofPlatform().daemon().start(() -> read(viewed));
    }

    static ByteBuf frame(int number) {
        return frame(number, SIZE);
    }

    static ByteBuf frame(int number, int size) {
        return Unpooled.directBuffer(size).writeBytes(bytes(number, size));
    }

    private static byte[] bytes(int number, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) number);
        ByteBuffer.wrap(bytes).putInt(size).putInt(number);
        return bytes;
    }

    private void read(Viewed viewed) {
        try {
            DataInputStream in = new DataInputStream(viewed.input());
            while (true) {
                int size = in.readInt();
                byte[] rest = in.readNBytes(size - Integer.BYTES);
                int number = ByteBuffer.wrap(rest).getInt();
                byte[] expected = bytes(number, size);
                assertThat(Arrays.equals(rest, 0, rest.length, expected, Integer.BYTES, size))
                        .as("frame %d", number)
                        .isTrue();
                synchronized (this) {
                    numbers.add(number);
                }
            }
        } catch (EOFException e) {
            synchronized (this) {
                ended = true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized List<Integer> numbers() {
        return List.copyOf(numbers);
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    int last() {
        List<Integer> all = numbers();
        return all.isEmpty() ? -1 : all.getLast();
    }

    void await(int number) throws InterruptedException {
        Await.until(() -> last() >= number, () -> "frame " + number + " after " + numbers());
    }

    void awaitEnd() throws InterruptedException {
        Await.until(this::hasEnded, () -> "end after " + numbers());
    }

    @Override
    public void close() throws InterruptedException {
        thread.join();
    }
}
