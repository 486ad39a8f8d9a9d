/** The Unix domain classes of Netty's testsuite, and its tests of what native transports share. */
@NullMarked
package org.nettyglib.testsuite.unix;

import org.jspecify.annotations.NullMarked;
