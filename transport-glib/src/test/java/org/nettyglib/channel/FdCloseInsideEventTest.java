package org.nettyglib.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.FileDescriptor;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A {@link GLibFdChannel} that is closed while it tells of something: its descriptors may be others' before the event returns. */
class FdCloseInsideEventTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    @ParameterizedTest
    @EnumSource
    void shouldCloseInsideEvent(Event event) throws Exception {
        Closer closer = new Closer(event);
        try (Neighbour neighbour = new Neighbour(loops)) {
            Conversation conversation = new Conversation(loops, closer);
            FileDescriptor[] there = FileDescriptor.pipe();
            FileDescriptor[] back = FileDescriptor.pipe();
            ChannelFuture registered = FdPipes.bootstrap(loops, conversation.probed())
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1024, 2048))
                    .channelFactory(() -> new GLibFdChannel(there[0], back[1]))
                    .register();
            registered.addListener(future -> closer.on(Event.OPENED, registered.channel(), future));
            Channel other = FdPipes.register(
                    FdPipes.bootstrap(loops, conversation.others()), () -> new GLibFdChannel(back[0], there[1]));

            closer.await(event);
            closer.await(Event.UNREGISTERED);
            Await.success(other.closeFuture());
            conversation.other().assertClosedOnce();
            neighbour.assertAlive();
            loops.assertIdle();
        }
        loops.assertNoChannelLeft();
    }
}
