/**
 * GIO's asynchronous world as Netty futures, and Netty as GIO's.
 *
 * <p>{@link org.nettyglib.gio.GioFutures} is the entrance: any GIO call with a {@code GAsyncReadyCallback} becomes a
 * {@link org.nettyglib.gio.GioFuture}. An operation starts and ends on the thread of its event loop; futures may be asked,
 * cancelled and waited for on any other. An operation costs no function pointer, no arena and no reference that would stay
 * behind: what this package starts itself goes through one function pointer and a number, what java-gi starts through a pool.
 */
@NullMarked
package org.nettyglib.gio;

import org.jspecify.annotations.NullMarked;
