package org.nettyglib.testsuite.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketEchoTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** On loops of Netty's own class. */
class GLibHandlerSocketEchoTest extends SocketEchoTest {

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.ON_NETTYS_LOOPS.socket();
    }
}
