/** A relay for RTP. */
@NullMarked
package org.nettyglib.examples.rtp;

import org.jspecify.annotations.NullMarked;
