/** The suites that Netty has for event loops and I/O handlers, and other transports' channels on a GLib loop. */
@NullMarked
package org.nettyglib.testsuite.loop;

import org.jspecify.annotations.NullMarked;
