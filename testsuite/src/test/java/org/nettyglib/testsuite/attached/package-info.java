/** Netty's tests on loops that are attached to contexts which somebody else's {@code GMainLoop} runs. */
@NullMarked
package org.nettyglib.testsuite.attached;

import org.jspecify.annotations.NullMarked;
