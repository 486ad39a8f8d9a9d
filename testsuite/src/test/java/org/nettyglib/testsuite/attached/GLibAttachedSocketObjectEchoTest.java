package org.nettyglib.testsuite.attached;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketObjectEchoTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibAttachedSocketObjectEchoTest extends SocketObjectEchoTest {

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.ATTACHED.socketWithoutFastOpen();
    }
}
