/**
 * The readiness backends: how the descriptors, tasks and timers of a loop become sources of a {@code GMainContext}.
 *
 * <p>Threads: the one that owns the context, except {@code wakeup}. Hot path: all of it, at each iteration, without
 * allocation.
 */
@NullMarked
package org.nettyglib.poll;

import org.jspecify.annotations.NullMarked;
