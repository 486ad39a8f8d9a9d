/** Timers of both libraries in one thread. */
@NullMarked
package org.nettyglib.examples.timers;

import org.jspecify.annotations.NullMarked;
