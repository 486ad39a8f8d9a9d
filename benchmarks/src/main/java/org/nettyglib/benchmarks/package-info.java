/**
 * This transport beside Netty's own ones and beside GLib programs in C. {@link org.nettyglib.benchmarks.Bench} is the command;
 * README.md beside the sources says what it measures and how to read the tables.
 */
@NullMarked
package org.nettyglib.benchmarks;

import org.jspecify.annotations.NullMarked;
