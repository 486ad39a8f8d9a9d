/**
 * The measured servers, each a program of its own: the same pipeline and the same options on every transport, and one event
 * loop for the listening channel and its children. Only {@link org.nettyglib.benchmarks.server.Transport} knows the
 * differences.
 */
@NullMarked
package org.nettyglib.benchmarks.server;

import org.jspecify.annotations.NullMarked;
