/** The functions of GStreamer, under their C names. Pointers are {@code long}. */
@NullMarked
package org.nettyglib.gstreamer.ffi;

import org.jspecify.annotations.NullMarked;
