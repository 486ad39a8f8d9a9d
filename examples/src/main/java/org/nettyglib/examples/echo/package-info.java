/** The smallest server. */
@NullMarked
package org.nettyglib.examples.echo;

import org.jspecify.annotations.NullMarked;
