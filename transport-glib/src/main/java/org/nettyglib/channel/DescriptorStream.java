package org.nettyglib.channel;

import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The directions of descriptors that are no sockets: one descriptor for both, one for each, or one for one alone. For
 * the loop's thread, but for the questions whether a direction is shut.
 */
final class DescriptorStream implements ByteStream {
    /** {@code asm-generic/errno-base.h}: EIO. */
    private static final int EIO = 5;

    private final @Nullable DescriptorEnd input;
    private final @Nullable DescriptorEnd output;
    private Consumer<@Nullable DescriptorEnd> beforeShut = end -> {};
    private volatile boolean inputShut;
    private volatile boolean outputShut;

    DescriptorStream(@Nullable DescriptorEnd input, @Nullable DescriptorEnd output) {
        this.input = input;
        this.output = output;
        inputShut = input == null;
        outputShut = output == null;
        // Both are known by now as they were found: they may be two names of the same.
        if (input != null) {
            input.makeNonBlocking();
        }
        if (output != null) {
            output.makeNonBlocking();
        }
    }

    @Nullable DescriptorEnd inputEnd() {
        return input;
    }

    @Nullable DescriptorEnd outputEnd() {
        return output;
    }

    /** What has to happen once a direction is shut, and before its descriptor is closed, if the other has its own. */
    void beforeShut(Consumer<@Nullable DescriptorEnd> action) {
        beforeShut = action;
    }

    /** The descriptor to read from, if there is one. */
    DescriptorEnd main() {
        return input != null ? input : require(output);
    }

    boolean hasTwoDescriptors() {
        return input != null && output != null && input != output;
    }

    private static DescriptorEnd require(@Nullable DescriptorEnd end) {
        if (end == null) {
            throw new IllegalStateException("the descriptor is not open for this direction");
        }
        return end;
    }

    @Override
    public int read(long address, int position, int limit) throws IOException {
        DescriptorEnd end = require(input);
        try {
            return end.fd().readAddress(address, position, limit);
        } catch (NativeIoException e) {
            return endOfTerminal(end, e);
        }
    }

    @Override
    public int read(ByteBuffer buffer, int position, int limit) throws IOException {
        DescriptorEnd end = require(input);
        try {
            return end.fd().read(buffer, position, limit);
        } catch (NativeIoException e) {
            return endOfTerminal(end, e);
        }
    }

    /** A terminal whose other side is gone says so by an error. */
    private static int endOfTerminal(DescriptorEnd end, NativeIoException e) throws IOException {
        if (end.isTerminal() && e.expectedErr() == -EIO) {
            return -1;
        }
        throw e;
    }

    @Override
    public int write(long address, int position, int limit) throws IOException {
        return output().writeAddress(address, position, limit);
    }

    @Override
    public int write(ByteBuffer buffer, int position, int limit) throws IOException {
        return output().write(buffer, position, limit);
    }

    @Override
    public FileDescriptor output() {
        return require(output).fd();
    }

    @Override
    public boolean takesSendfile() {
        return false;
    }

    @Override
    public boolean isInputShut() {
        return inputShut;
    }

    @Override
    public boolean isOutputShut() {
        return outputShut;
    }

    @Override
    public void shutInput() throws IOException {
        inputShut = true;
        shut(input);
    }

    @Override
    public void shutOutput() throws IOException {
        outputShut = true;
        shut(output);
    }

    /** A descriptor for both directions cannot be shut for one. */
    private void shut(@Nullable DescriptorEnd end) throws IOException {
        beforeShut.accept(end);
        if (hasTwoDescriptors() && end != null) {
            end.close();
            // Both may be names of the same, as the input and the output of a program in a terminal, and so have its
            // mode.
            require(end == input ? output : input).makeNonBlocking();
        }
    }

    void close() throws IOException {
        inputShut = true;
        outputShut = true;
        try {
            if (input != null) {
                input.close();
            }
        } finally {
            if (output != null) {
                output.close();
            }
        }
    }
}
