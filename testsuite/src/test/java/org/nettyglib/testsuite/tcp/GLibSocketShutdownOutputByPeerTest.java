package org.nettyglib.testsuite.tcp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.SocketShutdownOutputByPeerTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibSocketShutdownOutputByPeerTest extends SocketShutdownOutputByPeerTest {

    @Override
    protected List<BootstrapFactory<ServerBootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.serverSocket();
    }
}
