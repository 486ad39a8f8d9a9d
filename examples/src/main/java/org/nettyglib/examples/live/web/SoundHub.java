package org.nettyglib.examples.live.web;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.SlowViewerPolicy;

/** Gives each block of sound to all listeners that can take it. One that cannot misses the block. */
public final class SoundHub {

    private final ChannelGroup listeners;

    private @Nullable AppSinkSource source;

    /**
     * Creates a hub without listeners.
     *
     * @param loop of the listeners
     */
    public SoundHub(EventLoop loop) {
        listeners = new DefaultChannelGroup(loop);
    }

    /**
     * Plays what comes from here, also to those who are here already.
     *
     * @param sound of a new pipeline
     */
    public void play(AppSinkSource.Builder sound) {
        source = sound.slowViewers(SlowViewerPolicy.dropOldest(1))
                .encoder((listener, block) ->
                        new BinaryWebSocketFrame(block.content().retainedDuplicate()))
                .onEnd(listener -> {})
                .build();
        source.addAll(listeners);
    }

    void add(Channel listener) {
        listeners.add(listener);
        if (source != null) {
            source.add(listener);
        }
    }
}
