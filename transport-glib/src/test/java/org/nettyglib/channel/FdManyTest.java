package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link GLibFdChannel}s that come and go leave nothing behind. */
class FdManyTest {
    private static final int CHANNELS = 10_000;
    private static final int AT_A_TIME = 100;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        batch();
        int descriptors = OpenDescriptors.now().count();
        for (int i = 0; i < CHANNELS / AT_A_TIME; i++) {
            batch();
        }
        Await.until(
                () -> OpenDescriptors.now().count() <= descriptors,
                () -> descriptors + " descriptors, but there are " + OpenDescriptors.now());
        Await.until(
                () -> loops.allocator().metric().usedDirectMemory() == 0,
                () -> "no memory used, but " + loops.allocator().metric());
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    /** Pairs on crossed pipes: one echoes, and closes when the other does. */
    private void batch() throws Exception {
        List<Recorder> askers = new ArrayList<>();
        List<Channel> echoing = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME / 2; i++) {
            FileDescriptor[] there = FileDescriptor.pipe();
            FileDescriptor[] back = FileDescriptor.pipe();
            echoing.add(FdPipes.register(
                    FdPipes.bootstrap(loops, new SharedEcho()), () -> new GLibFdChannel(there[0], back[1])));
            Recorder asker = new Recorder();
            FdPipes.register(FdPipes.bootstrap(loops, asker), () -> new GLibFdChannel(back[0], there[1]));
            askers.add(asker);
        }
        for (Recorder asker : askers) {
            Await.success(asker.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[100])));
        }
        for (Recorder asker : askers) {
            asker.awaitBytes(100);
            Await.success(asker.channel().close());
        }
        for (Channel channel : echoing) {
            Await.success(channel.closeFuture());
            assertThat(channel.isOpen()).isFalse();
        }
    }
}
