package org.nettyglib.gstreamer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The viewers of {@link MediaSoak}, in a process of their own. Some never read. The others check every byte, and that no frame is
 * missing, from the first one to the end of the stream.
 */
final class MediaSoakReader {
    private static final int LEAST_RECEIVE_BUFFER = 4 << 10;

    /** A pause of this process is no slow viewer. */
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> stalled = new ArrayList<>();
    private int open;
    private long frames;
    private long last = -1;

    private MediaSoakReader() throws IOException {}

    /** @param args the port, how many read, how many do not */
    public static void main(String[] args) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        MediaSoakReader reader = new MediaSoakReader();
        int viewers = Integer.parseInt(args[1]);
        for (int i = 0; i < viewers; i++) {
            SocketChannel channel = connect(server, RECEIVE_BUFFER);
            channel.configureBlocking(false);
            channel.register(reader.selector, SelectionKey.OP_READ, new Checked());
            reader.open++;
        }
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            reader.stalled.add(connect(server, LEAST_RECEIVE_BUFFER));
        }
        System.out.println("open");
        reader.readAll();
        System.out.println("end " + reader.frames + " " + reader.last);
        for (SocketChannel channel : reader.stalled) {
            channel.close();
        }
    }

    private static SocketChannel connect(InetSocketAddress server, int receiveBuffer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        channel.connect(server);
        return channel;
    }

    private void readAll() throws IOException {
        while (open > 0) {
            selector.select(this::read);
        }
    }

    private void read(SelectionKey key) {
        Checked viewer = (Checked) key.attachment();
        try {
            if (!viewer.read((SocketChannel) key.channel())) {
                frames += viewer.next;
                if (last >= 0 && last != viewer.next - 1) {
                    throw new IllegalStateException(
                            "one viewer has had " + (last + 1) + " frames, another " + viewer.next);
                }
                last = viewer.next - 1;
                key.channel().close();
                open--;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Checked {
        private final ByteBuffer buffer = ByteBuffer.allocate(4 * SoakFrames.BYTES);
        private long next;

        /** {@return false at the end of the stream} */
        boolean read(SocketChannel channel) throws IOException {
            int got = channel.read(buffer);
            buffer.flip();
            while (buffer.remaining() >= SoakFrames.BYTES) {
                ByteBuffer frame = buffer.slice(buffer.position(), SoakFrames.BYTES);
                if (!SoakFrames.is(next, frame)) {
                    throw new IllegalStateException("not frame " + next + ", but " + frame.getLong(0));
                }
                next++;
                buffer.position(buffer.position() + SoakFrames.BYTES);
            }
            if (got < 0 && buffer.hasRemaining()) {
                throw new IllegalStateException("frame " + next + " is not whole");
            }
            buffer.compact();
            return got >= 0;
        }
    }
}
