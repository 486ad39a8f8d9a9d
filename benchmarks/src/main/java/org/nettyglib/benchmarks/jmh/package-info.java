/**
 * What a loop itself costs, in time and in bytes: the same benchmarks on each transport. JMH runs them in a JVM of their own for
 * each transport; {@link org.nettyglib.benchmarks.LoopCommand} starts them and shows the results.
 */
@NullMarked
package org.nettyglib.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
