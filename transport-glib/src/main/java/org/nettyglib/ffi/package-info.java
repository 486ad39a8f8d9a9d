/**
 * The downcalls and upcalls of this library, under the names that C gives them. Nothing outside this package speaks FFM
 * on a hot path.
 *
 * <p>Threads: those of the functions themselves. Hot path: static final method handles, called with exact types and
 * pointers as {@code long}, without allocation.
 */
@NullMarked
package org.nettyglib.ffi;

import org.jspecify.annotations.NullMarked;
