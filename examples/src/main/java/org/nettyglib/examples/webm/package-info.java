/** A live WebM with sound, for any number of browsers: encoded once, sent over HTTP to each. */
@NullMarked
package org.nettyglib.examples.webm;

import org.jspecify.annotations.NullMarked;
