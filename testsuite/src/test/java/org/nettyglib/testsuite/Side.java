package org.nettyglib.testsuite;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import java.util.ArrayList;
import java.util.List;
import org.nettyglib.loop.GLibEventLoop;
import org.nettyglib.loop.GLibIoHandler;

/**
 * What one side of a test, a server or a client, would run on.
 *
 * @param loops all loops of its group
 * @param channel the class of the channel that it creates
 */
record Side(List<IoEventLoop> loops, Class<? extends Channel> channel) {

    private static final String GLIB_CHANNELS = "org.nettyglib.channel";

    static Side of(AbstractBootstrap<?, ?> bootstrap) {
        Channel channel = bootstrap.config().channelFactory().newChannel();
        channel.unsafe().closeForcibly();
        return of(bootstrap.config().group(), channel.getClass());
    }

    static Side of(EventLoopGroup group, Class<? extends Channel> channel) {
        List<IoEventLoop> loops = new ArrayList<>();
        group.forEach(loop -> loops.add((IoEventLoop) loop));
        return new Side(loops, channel);
    }

    /** Whether the loops and the channel are GLib's, all of them. */
    boolean isGLib() {
        return loops.stream().allMatch(Side::isGLibLoop) && isGLibChannel();
    }

    /** Whether neither a loop nor the channel is GLib's, as it may be for the peer of a GLib channel. */
    boolean isForeign() {
        return loops.stream().noneMatch(Side::isGLibLoop) && !isGLibChannel();
    }

    /** By the handler: a GLib handler may also serve a loop of Netty's own class. */
    private static boolean isGLibLoop(IoEventLoop loop) {
        return loop.isIoType(GLibIoHandler.class);
    }

    /** How many of the loops are attached to contexts that somebody else iterates. */
    long attachedLoops() {
        return loops.stream()
                .filter(loop -> loop instanceof GLibEventLoop glibLoop && glibLoop.isAttached())
                .count();
    }

    private boolean isGLibChannel() {
        return channel.getPackageName().equals(GLIB_CHANNELS);
    }
}
