package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.MessageBatch;

/**
 * Writes what was flushed to a datagram socket: many messages with one call of sendmmsg(2). A message that cannot be sent
 * fails alone.
 *
 * <p>An empty buffer of its own is no datagram, as in Netty's other transports: it is written to learn when those before
 * it are sent. A packet without content is one.
 */
final class DatagramWriter implements ChannelOutboundBuffer.MessageProcessor {
    private final AbstractDatagramChannel channel;

    /** How many more messages may be written, while a batch is filled. */
    private int limit;

    DatagramWriter(AbstractDatagramChannel channel) {
        this.channel = channel;
    }

    WriteResult write(ChannelOutboundBuffer in) throws Exception {
        int turns = channel.settings().getWriteSpinCount();
        int left = channel.settings().getMaxMessagesPerWrite();
        // Looked at anew each time: a listener that is told of a sent message may flush more.
        do {
            removeEmpty(in);
            if (in.isEmpty()) {
                return WriteResult.ALL;
            }
            limit = left;
            MessageBatch batch = MessageBatch.empty();
            in.forEachFlushedMessage(this);
            int sent;
            try {
                if (batch.count() == 0) {
                    throw new IOException("a message of too many buffers: " + in.current());
                }
                sent = channel.send(batch);
            } catch (IOException | IllegalStateException e) {
                in.remove(e);
                left--;
                continue;
            }
            if (sent == 0) {
                return WriteResult.OUTPUT_FULL;
            }
            remove(sent, in);
            left -= sent;
        } while (--turns > 0 && left > 0);
        removeEmpty(in);
        return in.isEmpty() ? WriteResult.ALL : WriteResult.TURN_OVER;
    }

    private static boolean isEmpty(Object message) {
        return message instanceof ByteBuf buf && !buf.isReadable();
    }

    /** Those that were cancelled look the same. */
    private static void removeEmpty(ChannelOutboundBuffer in) {
        while (isEmpty(in.current())) {
            in.remove();
        }
    }

    /** Tells listeners, who may do anything. */
    private static void remove(int sent, ChannelOutboundBuffer in) {
        for (int i = 0; i < sent; i++) {
            removeEmpty(in);
            in.remove();
        }
    }

    /** Adds a message to the batch, unless it is full. */
    @Override
    public boolean processMessage(Object message) {
        if (isEmpty(message)) {
            return true;
        }
        MessageBatch batch = MessageBatch.current();
        AddressedEnvelope<?, ?> envelope = message instanceof AddressedEnvelope<?, ?> e ? e : null;
        ByteBuf content = (ByteBuf) (envelope == null ? message : envelope.content());
        if (!batch.hasRoom(content.nioBufferCount())) {
            return false;
        }
        int index = batch.addMessage();
        if (envelope != null && envelope.recipient() != null) {
            batch.addressed(channel.putAddress(batch.name(index), (SocketAddress) envelope.recipient()));
        }
        add(content, batch);
        if (message instanceof SegmentedDatagramPacket segmented && content.readableBytes() > segmented.segmentSize()) {
            batch.segment(segmented.segmentSize());
        }
        return --limit > 0;
    }

    private static void add(ByteBuf content, MessageBatch batch) {
        int length = content.readableBytes();
        if (content.hasMemoryAddress()) {
            batch.addBuffer(content.memoryAddress() + content.readerIndex(), length);
        } else if (content.nioBufferCount() == 1) {
            batch.addBuffer(Memory.address(content.internalNioBuffer(content.readerIndex(), length)), length);
        } else {
            for (ByteBuffer component : content.nioBuffers()) {
                batch.addBuffer(Memory.address(component), component.remaining());
            }
        }
    }
}
