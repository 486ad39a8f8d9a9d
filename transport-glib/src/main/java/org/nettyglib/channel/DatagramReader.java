package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.UncheckedBooleanSupplier;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.MessageBatch;
import org.nettyglib.loop.GLibIoOps;

/**
 * The read loop of a datagram channel. A call of recvmmsg(2) has room for more datagrams than it may find: when it comes
 * back with less, nothing is left, and the call that would only say so is saved.
 */
final class DatagramReader {
    private static final int FIRST_ROOMS = 2;
    private static final int MAX_ROOMS = 16;

    private final AbstractDatagramChannel channel;
    private final AbstractGLibChannel.GLibUnsafe unsafe;
    private final AbstractGLibChannel.ReadLoop readLoop = this::readAll;

    /** The buffers of one call; none between calls. */
    private final ByteBuf[] buffers = new ByteBuf[MAX_ROOMS];

    /** Messages and events that are to be delivered. Null while they are, for a handler may lead back here. */
    private @Nullable Deque<Object> spareInbox;

    DatagramReader(AbstractDatagramChannel channel, AbstractGLibChannel.GLibUnsafe unsafe) {
        this.channel = channel;
        this.unsafe = unsafe;
        Arrays.fill(buffers, Unpooled.EMPTY_BUFFER);
    }

    void read() {
        if (!channel.wants(GLibIoOps.IN)) {
            // An error while nobody reads: it is left for the next write or read.
            return;
        }
        unsafe.readMessages(readLoop);
    }

    private void readAll(RecvHandle handle) throws IOException {
        int left = maxDatagrams();
        int rooms = Math.min(FIRST_ROOMS, left);
        // A handler may have closed the channel, whose descriptor can be another's now, or a nested loop deregistered
        // it.
        while (receive(rooms, handle)
                && channel.isOpen()
                && channel.wants(GLibIoOps.IN)
                && handle.continueReading(UncheckedBooleanSupplier.TRUE_SUPPLIER)) {
            left -= rooms;
            rooms = Math.clamp(rooms << 1, 1, Math.clamp(left, 1, MAX_ROOMS));
        }
    }

    /** How many datagrams a read loop may take that nobody has asked for one by one. */
    private int maxDatagrams() {
        DatagramConfig config = channel.settings();
        return config.isAutoRead()
                        && config.getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator allocator
                ? allocator.maxMessagesPerRead()
                : 1;
    }

    /** Makes one call; returns whether there may be more. */
    private boolean receive(int rooms, RecvHandle handle) throws IOException {
        DatagramConfig config = channel.settings();
        Deque<Object> inbox = takeInbox();
        try {
            ByteBuf first = handle.allocate(config.getAllocator());
            int size = config.getMaxDatagramPayloadSize();
            int slots = size > 0 ? Math.min(first.writableBytes() / size, MessageBatch.CAPACITY) : 0;
            boolean maybeMore = slots > 1
                    ? receiveInto(first, slots, size, handle, inbox)
                    : receiveIntoEach(first, rooms, handle, inbox);
            deliver(inbox);
            return maybeMore;
        } finally {
            giveBack(inbox);
        }
    }

    /** Receives into one buffer, side by side. */
    private boolean receiveInto(ByteBuf buf, int slots, int size, RecvHandle handle, Deque<Object> inbox)
            throws IOException {
        try {
            int start = buf.writerIndex();
            long address = address(buf, start, slots * size);
            MessageBatch batch = MessageBatch.empty();
            for (int i = 0; i < slots; i++) {
                batch.addRoom(address + (long) i * size, size, channel.takesControlMessages());
            }
            handle.attemptedBytesRead(slots * size);
            int received = channel.receive(batch);
            // As if each had filled its slot: so buffers grow as long as there is more than they take.
            handle.lastBytesRead(received == 0 ? -1 : received * size);
            handle.incMessagesRead(received);
            for (int i = 0; i < received; i++) {
                take(batch, i, size, buf.retainedSlice(start + i * size, Math.min(batch.length(i), size)), inbox);
            }
            return received == slots;
        } finally {
            buf.release();
        }
    }

    /** Receives into a buffer for each. */
    private boolean receiveIntoEach(ByteBuf first, int rooms, RecvHandle handle, Deque<Object> inbox)
            throws IOException {
        try {
            buffers[0] = first;
            for (int i = 1; i < rooms; i++) {
                buffers[i] = handle.allocate(channel.alloc());
            }
            MessageBatch batch = MessageBatch.empty();
            for (int i = 0; i < rooms; i++) {
                ByteBuf buf = buffers[i];
                int room = buf.writableBytes();
                batch.addRoom(address(buf, buf.writerIndex(), room), room, channel.takesControlMessages());
            }
            handle.attemptedBytesRead(first.writableBytes());
            int received = channel.receive(batch);
            if (received == 0) {
                handle.lastBytesRead(-1);
            }
            for (int i = 0; i < received; i++) {
                ByteBuf buf = buffers[i];
                buffers[i] = Unpooled.EMPTY_BUFFER;
                int room = buf.writableBytes();
                int length = Math.min(batch.length(i), room);
                handle.attemptedBytesRead(room);
                // An empty datagram is a datagram.
                handle.lastBytesRead(Math.max(1, length));
                handle.incMessagesRead(1);
                take(batch, i, room, buf.writerIndex(buf.writerIndex() + length), inbox);
            }
            return received == rooms;
        } finally {
            for (int i = 0; i < rooms; i++) {
                buffers[i].release();
                buffers[i] = Unpooled.EMPTY_BUFFER;
            }
        }
    }

    private static long address(ByteBuf buf, int index, int length) {
        return buf.hasMemoryAddress()
                ? buf.memoryAddress() + index
                : Memory.address(buf.internalNioBuffer(index, length));
    }

    /** Takes a datagram out of the batch, which the next handler may use again. */
    private void take(MessageBatch batch, int index, int room, ByteBuf content, Deque<Object> inbox) {
        if (batch.isTruncated(index)) {
            inbox.add(new GLibTruncatedDatagram(batch.length(index), room));
        }
        channel.unpack(batch, index, content, inbox);
    }

    private void deliver(Deque<Object> inbox) {
        ChannelPipeline pipeline = channel.pipeline();
        while (!inbox.isEmpty() && channel.isOpen()) {
            Object message = inbox.remove();
            if (message instanceof GLibTruncatedDatagram) {
                pipeline.fireUserEventTriggered(message);
            } else {
                unsafe.readPending = false;
                pipeline.fireChannelRead(message);
            }
        }
    }

    private Deque<Object> takeInbox() {
        Deque<Object> inbox = spareInbox;
        spareInbox = null;
        return inbox == null ? new ArrayDeque<>(MAX_ROOMS) : inbox;
    }

    /** What was not delivered goes with the channel. */
    private void giveBack(Deque<Object> inbox) {
        while (!inbox.isEmpty()) {
            ReferenceCountUtil.release(inbox.remove());
        }
        spareInbox = inbox;
    }
}
