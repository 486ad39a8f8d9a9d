package org.nettyglib.testsuite.unix;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketEchoTest;
import java.net.SocketAddress;
import java.util.List;
import org.nettyglib.testsuite.DomainAddresses;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** On names that are in no file system, which the JDK cannot address: the other side is Netty's epoll transport. */
class GLibAbstractDomainSocketEchoTest extends SocketEchoTest {

    @Override
    protected SocketAddress newSocketAddress() {
        return DomainAddresses.newAbstractName();
    }

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.nativeDomainSocket();
    }
}
