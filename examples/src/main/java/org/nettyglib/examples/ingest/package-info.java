/** Media that comes in over WebSockets and goes through a pipeline into a file. */
@NullMarked
package org.nettyglib.examples.ingest;

import org.jspecify.annotations.NullMarked;
