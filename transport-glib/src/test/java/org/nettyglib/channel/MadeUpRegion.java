package org.nettyglib.channel;

import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Bytes that are in no file, as a user may make them up: they can only go through user space. */
class MadeUpRegion extends AbstractReferenceCounted implements FileRegion {
    private final byte[] content;
    private final int atOnce;
    private long transferred;

    MadeUpRegion(byte[] content, int atOnce) {
        this.content = content;
        this.atOnce = atOnce;
    }

    @Override
    public final long position() {
        return 0;
    }

    @Override
    @Deprecated
    public final long transfered() {
        return transferred;
    }

    @Override
    public final long transferred() {
        return transferred;
    }

    @Override
    public final long count() {
        return content.length;
    }

    @Override
    public long transferTo(WritableByteChannel target, long position) throws IOException {
        int from = Math.toIntExact(position);
        int written = target.write(ByteBuffer.wrap(content, from, Math.min(content.length - from, atOnce)));
        transferred += written;
        return written;
    }

    @Override
    public final FileRegion retain() {
        super.retain();
        return this;
    }

    @Override
    public final FileRegion retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public final FileRegion touch() {
        return this;
    }

    @Override
    public final FileRegion touch(Object hint) {
        return this;
    }

    @Override
    protected final void deallocate() {
        // Holds nothing.
    }
}
