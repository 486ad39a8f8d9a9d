/** What packages share that do not build on each other. Open to the project's own modules alone. */
@NullMarked
package org.nettyglib.util;

import org.jspecify.annotations.NullMarked;
