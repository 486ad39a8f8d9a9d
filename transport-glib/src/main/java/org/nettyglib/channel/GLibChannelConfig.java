package org.nettyglib.channel;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configs of all channels have in common: the options of an {@link OptionTable}, those that a user makes up by
 * number, and what happens when {@code autoRead} is switched off.
 */
abstract class GLibChannelConfig extends DefaultChannelConfig {
    /** {@code glib/gmain.h}. */
    private static final int G_PRIORITY_DEFAULT = 0;

    private final AbstractGLibChannel glibChannel;
    private volatile @Nullable Integer priority;

    GLibChannelConfig(AbstractGLibChannel channel) {
        super(channel);
        glibChannel = channel;
    }

    GLibChannelConfig(AbstractGLibChannel channel, RecvByteBufAllocator allocator) {
        super(channel, allocator);
        glibChannel = channel;
    }

    final Socket socket() {
        if (glibChannel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
            return socket;
        }
        throw new ChannelException("not a socket: " + glibChannel);
    }

    final AbstractGLibChannel channel() {
        return glibChannel;
    }

    abstract OptionTable options();

    /** The priority that was set, or GLib's default. */
    final int priority() {
        return priorityOr(G_PRIORITY_DEFAULT);
    }

    /** The priority that was set, or another. */
    final int priorityOr(int unset) {
        Integer set = priority;
        return set == null ? unset : set;
    }

    final void setPriority(int priority) {
        Integer before = this.priority;
        this.priority = priority;
        try {
            glibChannel.submitPriority();
        } catch (UncheckedIOException e) {
            this.priority = before;
            throw new ChannelException("no source of that priority could be made", e);
        }
    }

    /** Whether the channel stays open when its peer has shut its side. */
    boolean isAllowHalfClosure() {
        return false;
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(super.getOptions(), options().options());
    }

    @SuppressWarnings("unchecked")
    @Override
    public <T> T getOption(ChannelOption<T> option) {
        try {
            if (option instanceof IntegerUnixChannelOption number) {
                return (T) Integer.valueOf(socket().getIntOpt(number.level(), number.optname()));
            }
            if (option instanceof RawUnixChannelOption raw) {
                ByteBuffer out = ByteBuffer.allocate(raw.length());
                socket().getRawOpt(raw.level(), raw.optname(), out);
                return (T) out.flip();
            }
        } catch (IOException | ChannelException e) {
            throw new ChannelException("cannot read the option " + option + " of " + glibChannel, e);
        }
        return options().contains(option) ? options().get(this, option) : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        validate(option, value);
        try {
            if (option instanceof IntegerUnixChannelOption number) {
                socket().setIntOpt(number.level(), number.optname(), (Integer) value);
                return true;
            }
            if (option instanceof RawUnixChannelOption raw) {
                socket().setRawOpt(raw.level(), raw.optname(), (ByteBuffer) value);
                return true;
            }
        } catch (IOException | ChannelException e) {
            throw new ChannelException("cannot set the option " + option + " of " + glibChannel + " to " + value, e);
        }
        return options().set(this, option, value) || super.setOption(option, value);
    }

    @Override
    protected final void autoReadCleared() {
        glibChannel.stopReadingIfIdle();
    }
}
