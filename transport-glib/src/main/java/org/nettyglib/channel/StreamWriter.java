package org.nettyglib.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IovArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
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
            Attempt attempt = messages > 1 && in.current() instanceof ByteBuf && channel.stream.output() != null
                    ? writeBuffers(in)
                    : writeMessage(in, in.current());
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
        long written = output().writev(components, 0, components.length, attempted);
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
        long written = output().writevAddresses(array.memoryAddress(0), array.count());
        learn(attempted, written, max);
        return remove(in, written);
    }

    private FileDescriptor output() {
        FileDescriptor output = channel.stream.output();
        if (output == null) {
            throw new IllegalStateException("filterOutboundMessage let through what cannot be gathered");
        }
        return output;
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
            written = SendFile.send(output(), file);
            if (written == 0) {
                channel.requireWholeRegion(file);
            }
        } else {
            if (regionTarget == null) {
                regionTarget = new RegionTarget();
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
    private final class RegionTarget implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            int start = source.position();
            int written = source.isDirect() ? write(source, start) : writeCopy(source);
            if (written > 0) {
                source.position(start + written);
            }
            return written;
        }

        private int write(ByteBuffer direct, int from) throws IOException {
            return channel.stream.write(direct, from, direct.limit());
        }

        private int writeCopy(ByteBuffer source) throws IOException {
            ByteBuf copy = DirectCopy.of(Unpooled.wrappedBuffer(source.duplicate()), channel.alloc());
            try {
                ByteBuffer direct = copy.internalNioBuffer(copy.readerIndex(), copy.readableBytes());
                return write(direct, direct.position());
            } finally {
                copy.release();
            }
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        /** Not the region's to close. */
        @Override
        public void close() {}
    }
}
