/** Fails a test class during which a reference-counted object was collected without having been released. */
@NullMarked
package org.nettyglib.testsuite.leak;

import org.jspecify.annotations.NullMarked;
