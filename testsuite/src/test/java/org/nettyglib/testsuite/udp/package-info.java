/** The UDP classes of Netty's testsuite, and what Netty tests of UDP on its epoll transport only. */
@NullMarked
package org.nettyglib.testsuite.udp;

import org.jspecify.annotations.NullMarked;
