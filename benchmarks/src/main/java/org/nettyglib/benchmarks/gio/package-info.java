/**
 * The measured operations on the JVM, in a program of its own for each kind and contender. The programs in C beside it are
 * {@code peers/gio-*.c}. Everything but the commands happens on the thread that iterates the main loop.
 */
@NullMarked
package org.nettyglib.benchmarks.gio;

import org.jspecify.annotations.NullMarked;
