/** What was measured, and how it is shown: medians, ratios, Markdown and JSON. Pure data; used from the main thread. */
@NullMarked
package org.nettyglib.benchmarks.report;

import org.jspecify.annotations.NullMarked;
