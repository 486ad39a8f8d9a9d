/**
 * Event loops on a {@code GMainContext}, and the SPI that channels use.
 *
 * <p>Threads: everything of a loop happens on the one thread that owns its context, except where a method says
 * otherwise. Hot path: {@code GLibIoHandler.run} and what it calls, once per iteration, without allocation.
 */
@NullMarked
package org.nettyglib.loop;

import org.jspecify.annotations.NullMarked;
