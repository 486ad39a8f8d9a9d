package org.nettyglib.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.gnome.gio.BufferedInputStream;
import org.gnome.gio.BufferedOutputStream;
import org.gnome.gio.IOStream;
import org.gnome.gio.SimpleIOStream;

/** The kinds of streams of GIO. Most has to hold for each of them. */
enum IOStreamKind {
    /** A connection, which GIO can poll, and which can be shut for one direction. */
    SOCKET {
        @Override
        IOStreamEnds open() throws Exception {
            try (Listener server = StreamKind.TCP.listen()) {
                IOStream connection = GioAddresses.connect(server.address());
                Peer peer = server.accept();
                return new IOStreamEnds(connection, new SocketOutput(peer), Channels.newInputStream(peer.channel()));
            }
        }
    },

    /** A descriptor for each direction, which GIO can poll. */
    PIPES {
        @Override
        IOStreamEnds open() throws IOException {
            PipeEnds<OutputStream> input = PipeEnds.toRead();
            PipeEnds<InputStream> output = PipeEnds.toWrite();
            return new IOStreamEnds(
                    new SimpleIOStream(UnixStreams.input(input.fd()), UnixStreams.output(output.fd())),
                    input.peer(),
                    output.peer());
        }
    },

    /** Filters, which GIO cannot poll, and of which one keeps back what is written until it is flushed. */
    BUFFERED {
        @Override
        IOStreamEnds open() throws IOException {
            PipeEnds<OutputStream> input = PipeEnds.toRead();
            PipeEnds<InputStream> output = PipeEnds.toWrite();
            return new IOStreamEnds(
                    new SimpleIOStream(
                            new BufferedInputStream(UnixStreams.input(input.fd())),
                            new BufferedOutputStream(UnixStreams.output(output.fd()))),
                    input.peer(),
                    output.peer());
        }
    };

    abstract IOStreamEnds open() throws Exception;

    /** Closing this is a FIN. */
    private static final class SocketOutput extends OutputStream {
        private final Peer peer;

        SocketOutput(Peer peer) {
            this.peer = peer;
        }

        @Override
        public void write(int value) throws IOException {
            peer.write(new byte[] {(byte) value});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Channels.newOutputStream(peer.channel()).write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (peer.channel().isOpen()) {
                peer.shutdownOutput();
            }
        }
    }
}
