package org.nettyglib.testsuite.unix;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketStartTlsTest;
import java.net.SocketAddress;
import java.util.List;
import org.nettyglib.testsuite.DomainAddresses;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibDomainSocketStartTlsTest extends SocketStartTlsTest {

    @Override
    protected SocketAddress newSocketAddress() {
        return DomainAddresses.newPath();
    }

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.domainSocket();
    }
}
