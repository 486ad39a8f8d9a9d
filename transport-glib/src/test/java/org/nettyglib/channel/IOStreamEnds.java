package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.gnome.gio.IOStream;

/**
 * A stream of GIO, and what is at its other end.
 *
 * @param toStream what the stream reads is written here
 * @param fromStream what is written to the stream is read here
 */
record IOStreamEnds(IOStream stream, OutputStream toStream, InputStream fromStream) implements AutoCloseable {
    /** A channel on the stream. */
    DuplexChannel register(Bootstrap bootstrap) throws InterruptedException {
        return (DuplexChannel) ChannelFixture.channel(bootstrap
                .channelFactory(() -> (Channel) new GLibIOStreamChannel(stream))
                .register());
    }

    @Override
    public void close() throws IOException {
        toStream.close();
        fromStream.close();
    }
}
