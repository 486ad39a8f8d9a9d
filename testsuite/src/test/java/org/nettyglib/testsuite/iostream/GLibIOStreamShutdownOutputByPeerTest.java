package org.nettyglib.testsuite.iostream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.SocketShutdownOutputByPeerTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibIOStreamShutdownOutputByPeerTest extends SocketShutdownOutputByPeerTest {

    @Override
    protected List<BootstrapFactory<ServerBootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.serverIOStream();
    }
}
