/**
 * The processes of a benchmark: the servers on one core, the load on another, and what the kernel says about them. Used from
 * the main thread alone; nothing here runs while a window is measured.
 */
@NullMarked
package org.nettyglib.benchmarks.process;

import org.jspecify.annotations.NullMarked;
