package org.nettyglib.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import org.jspecify.annotations.Nullable;

/**
 * Something on a loop that brings GLib sources or callbacks of its own, such as GIO operations, and has no descriptor to be
 * watched. The {@link IoRegistration#attachment() attachment} of its registration is a {@link GLibLoopContext}. All methods
 * are called on the loop's thread.
 *
 * <p>When the loop shuts down, {@link #close()} asks the handle to stop its work. The loop goes on iterating its context
 * until the handle has cancelled its registration, which it does when its last callback has come, but not for longer than
 * the timeout of the shutdown. {@link #unregistered()} is the end, whether the handle was done or not.
 */
public interface GLibContextHandle extends IoHandle {
    /** {@return the channel that this handle is of; null for others} */
    default @Nullable Channel channel() {
        return null;
    }

    /** Never called: such a handle has callbacks of its own. */
    @Override
    default void handle(IoRegistration registration, IoEvent event) {}
}
