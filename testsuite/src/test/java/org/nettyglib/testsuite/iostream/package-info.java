/** The TCP classes of Netty's testsuite, one subclass for each; they add nothing but the channels to test. */
@NullMarked
package org.nettyglib.testsuite.iostream;

import org.jspecify.annotations.NullMarked;
