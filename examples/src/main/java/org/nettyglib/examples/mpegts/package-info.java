/** An MPEG transport stream over TCP. */
@NullMarked
package org.nettyglib.examples.mpegts;

import org.jspecify.annotations.NullMarked;
