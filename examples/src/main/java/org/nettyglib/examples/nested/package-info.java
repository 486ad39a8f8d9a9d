/** A main loop inside a handler. */
@NullMarked
package org.nettyglib.examples.nested;

import org.jspecify.annotations.NullMarked;
