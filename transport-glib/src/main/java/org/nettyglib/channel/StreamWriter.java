package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.SocketWritableByteChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes what was flushed to a stream: many buffers with one system call, or a file region. */
final class StreamWriter {
    /** What one attempt did. */
    private enum Attempt {
        NOTHING_TO_WRITE,
        WROTE,
        OUTPUT_FULL
    }

    /** Writes of less are not worth to learn from. */
    private static final int MIN_BYTES_TO_LEARN_FROM = 4096;

    private final AbstractStreamChannel channel;
    private @Nullable RegionTarget regionTarget;

    StreamWriter(AbstractStreamChannel channel) {
        this.channel = channel;
    }

    WriteResult write(ChannelOutboundBuffer in) throws Exception {
        int turns = channel.settings().getWriteSpinCount();
        // Looked at anew each time: a listener that is told of a written message may flush more.
        do {
            if (channel.unsafe().outboundBuffer() != in) {
                // Who was told of a written message has closed the channel, whose descriptor can be another's now.
                return WriteResult.ALL;
            }
            int messages = in.size();
            if (messages == 0) {
                return WriteResult.ALL;
            }
            Attempt attempt =
                    messages > 1 && in.current() instanceof ByteBuf ? writeBuffers(in) : writeMessage(in, in.current());
            if (attempt == Attempt.OUTPUT_FULL) {
                return WriteResult.OUTPUT_FULL;
            }
            if (attempt == Attempt.WROTE) {
                turns--;
            }
        } while (turns > 0);
        return in.isEmpty() ? WriteResult.ALL : WriteResult.TURN_OVER;
    }

    private Attempt writeMessage(ChannelOutboundBuffer in, Object message) throws Exception {
        if (message instanceof ByteBuf buf) {
            return writeBuffer(in, buf);
        }
        if (message instanceof FileRegion region) {
            return writeRegion(in, region);
        }
        return channel.writeOther(in, message) ? Attempt.WROTE : Attempt.OUTPUT_FULL;
    }

    private Attempt writeBuffer(ChannelOutboundBuffer in, ByteBuf buf) throws IOException {
        if (!buf.isReadable()) {
            in.remove();
            return Attempt.NOTHING_TO_WRITE;
        }
        long written;
        if (buf.hasMemoryAddress()) {
            written = channel.stream.write(buf.memoryAddress(), buf.readerIndex(), buf.writerIndex());
        } else if (buf.nioBufferCount() == 1) {
            ByteBuffer nio = buf.internalNioBuffer(buf.readerIndex(), buf.readableBytes());
            written = channel.stream.write(nio, nio.position(), nio.limit());
        } else {
            return writeComponents(in, buf);
        }
        return remove(in, written);
    }

    private Attempt writeComponents(ChannelOutboundBuffer in, ByteBuf buf) throws IOException {
        long max = channel.settings().maxBytesPerGatheringWrite();
        ByteBuffer[] components = buf.nioBuffers();
        long attempted = Math.min(buf.readableBytes(), max);
        long written = channel.stream.output().writev(components, 0, components.length, attempted);
        learn(attempted, written, max);
        return remove(in, written);
    }

    private Attempt writeBuffers(ChannelOutboundBuffer in) throws Exception {
        IovArray array = channel.emptyIovArray();
        long max = channel.settings().maxBytesPerGatheringWrite();
        array.maxBytes(max);
        in.forEachFlushedMessage(array);
        if (array.count() == 0) {
            // Only empty buffers.
            in.removeBytes(0);
            return Attempt.NOTHING_TO_WRITE;
        }
        long attempted = array.size();
        long written = channel.stream.output().writevAddresses(array.memoryAddress(0), array.count());
        learn(attempted, written, max);
        return remove(in, written);
    }

    private static Attempt remove(ChannelOutboundBuffer in, long written) {
        if (written <= 0) {
            return Attempt.OUTPUT_FULL;
        }
        // Tells listeners, who may do anything.
        in.removeBytes(written);
        return Attempt.WROTE;
    }

    /** Follows the kernel, which grows and shrinks the send buffer by itself. */
    private void learn(long attempted, long written, long max) {
        if (written <= 0) {
            return;
        }
        if (attempted == written) {
            if (attempted << 1 > max) {
                channel.settings().maxBytesPerGatheringWrite(attempted << 1);
            }
        } else if (attempted > MIN_BYTES_TO_LEARN_FROM && written < attempted >>> 1) {
            channel.settings().maxBytesPerGatheringWrite(attempted >>> 1);
        }
    }

    private Attempt writeRegion(ChannelOutboundBuffer in, FileRegion region) throws IOException {
        if (region.transferred() >= region.count()) {
            in.remove();
            return Attempt.NOTHING_TO_WRITE;
        }
        long written;
        if (channel.stream.takesSendfile() && region instanceof DefaultFileRegion file) {
            written = SendFile.send(channel.stream.output(), file);
            if (written == 0) {
                channel.requireWholeRegion(file);
            }
        } else {
            if (regionTarget == null) {
                regionTarget = new RegionTarget(channel.stream.output());
            }
            written = region.transferTo(regionTarget, region.transferred());
        }
        if (written <= 0) {
            return Attempt.OUTPUT_FULL;
        }
        in.progress(written);
        if (region.transferred() >= region.count()) {
            in.remove();
        }
        return Attempt.WROTE;
    }

    /** Where a file region is written to. */
    private final class RegionTarget extends SocketWritableByteChannel {
        RegionTarget(FileDescriptor fd) {
            super(fd);
        }

        @Override
        protected int write(ByteBuffer buf, int position, int limit) throws IOException {
            return channel.stream.write(buf, position, limit);
        }

        @Override
        protected ByteBufAllocator alloc() {
            return channel.alloc();
        }
    }
}
