package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Something with a descriptor that a {@link GLibIoHandler} watches. Submit {@link GLibIoOps} to its registration to be
 * told; all methods are called on the loop's thread.
 *
 * <p>While {@link #handle} runs a nested main loop, this handle itself is not told of new data, as a GLib source is not
 * dispatched inside its own dispatch; writability is still reported, and so is everything to other handles.
 *
 * <p>The descriptor must not be closed before the registration is cancelled: its number is reused at once.
 */
public interface GLibIoHandle extends IoHandle {
    /** {@return the descriptor to watch: pollable, and non-blocking if the handle reads or writes it} */
    FileDescriptor fd();

    /**
     * The priority of the source that watches the descriptor, as GLib counts: 0 is {@code G_PRIORITY_DEFAULT}, and a lower
     * number comes first. While a source is ready, none of a higher number gets a turn. Asked with each submission: to
     * change it while the handle is registered, submit the interest again.
     *
     * @param ofLoop the priority of the loop's tasks and timers
     * @return GLib's priority, the loop's unless overridden
     */
    default int priority(int ofLoop) {
        return ofLoop;
    }

    /**
     * {@return the channel that this handle is of, for {@link GLibEventLoop#registeredChannelsIterator()}; null for others}
     */
    default @Nullable Channel channel() {
        return null;
    }
}
