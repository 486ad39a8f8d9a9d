/** A server in a main loop that somebody else runs. */
@NullMarked
package org.nettyglib.examples.attached;

import org.jspecify.annotations.NullMarked;
