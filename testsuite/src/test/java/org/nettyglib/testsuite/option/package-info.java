/** Options, TCP_INFO, lingering and SO_REUSEPORT: what Netty tests of its epoll transport, written for this one. */
@NullMarked
package org.nettyglib.testsuite.option;

import org.jspecify.annotations.NullMarked;
