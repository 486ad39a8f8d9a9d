package org.nettyglib.testsuite.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketMultipleConnectTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibSocketMultipleConnectTest extends SocketMultipleConnectTest {

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.socketWithFastOpen();
    }
}
