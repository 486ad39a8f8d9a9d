/**
 * Netty's own conformance tests, run on the GLib transport. This package holds what they share: the servers and clients
 * they run with, and the walk which makes sure that each of them really runs on GLib.
 */
@NullMarked
package org.nettyglib.testsuite;

import org.jspecify.annotations.NullMarked;
