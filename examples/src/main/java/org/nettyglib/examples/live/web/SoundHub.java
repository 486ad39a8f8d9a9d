package org.nettyglib.examples.live.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Gives each block of sound to all listeners that can take it. One that cannot misses the block. */
public final class SoundHub {

    private final ByteBufAllocator allocator;
    private final List<Channel> listeners = new ArrayList<>();

    /**
     * Creates a hub without listeners.
     *
     * @param allocator of the blocks
     */
    public SoundHub(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * A new block has come.
     *
     * @param samples the block, copied before this returns
     */
    public void block(ByteBuffer samples) {
        if (listeners.isEmpty()) {
            return;
        }
        ByteBuf block = allocator.directBuffer(samples.remaining()).writeBytes(samples);
        try {
            for (int i = listeners.size() - 1; i >= 0; i--) {
                Channel listener = listeners.get(i);
                if (listener.isWritable()) {
                    listener.writeAndFlush(new BinaryWebSocketFrame(block.retainedDuplicate()));
                }
            }
        } finally {
            block.release();
        }
    }

    void add(Channel listener) {
        listeners.add(listener);
        listener.closeFuture().addListener(closed -> listeners.remove(listener));
    }
}
