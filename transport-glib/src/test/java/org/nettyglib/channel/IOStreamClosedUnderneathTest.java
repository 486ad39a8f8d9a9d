package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.SimpleIOStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stream that somebody has closed, while a {@link GLibIOStreamChannel} still has it. */
class IOStreamClosedUnderneathTest {
    private static final int ATTEMPTS = 100;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    /** A pipe is given back as it was found, which is blocking here; but its number may be another descriptor's by now. */
    @Test
    void shouldLeaveADescriptorAloneThatHasItsNumberNow() throws Exception {
        PipeEnds<OutputStream> input = PipeEnds.toRead();
        PipeEnds<InputStream> output = PipeEnds.toWrite();
        NativeFds.makeBlocking(output.fd());
        int number = output.fd().intValue();
        SimpleIOStream stream = new SimpleIOStream(UnixStreams.input(input.fd()), UnixStreams.output(output.fd()));
        Channel channel = new IOStreamEnds(stream, input.peer(), output.peer())
                .register(FdPipes.bootstrap(loops, new SharedSink()).option(ChannelOption.AUTO_READ, false));
        assertThat(NativeFds.isNonBlocking(output.fd())).isTrue();
        loops.loop().submit(() -> stream.close(null)).get(Await.SECONDS, TimeUnit.SECONDS);

        List<FileDescriptor> others = new ArrayList<>();
        try {
            FileDescriptor other = openUntil(number, others);
            Await.success(channel.close());
            loops.assertNoChannelLeft();
            assertThat(NativeFds.isNonBlocking(other)).isTrue();
        } finally {
            for (FileDescriptor other : others) {
                other.close();
            }
            input.peer().close();
            output.peer().close();
        }
    }

    /** Opens pipes, which do not block, until one end has the number: the lowest that is free is given away first. */
    private static FileDescriptor openUntil(int number, List<FileDescriptor> opened) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            opened.addAll(List.of(FileDescriptor.pipe()));
            for (FileDescriptor end : opened) {
                if (end.intValue() == number) {
                    return end;
                }
            }
        }
        throw new AssertionError("nobody else may take the number " + number);
    }
}
