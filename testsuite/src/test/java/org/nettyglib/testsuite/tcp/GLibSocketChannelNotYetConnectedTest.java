package org.nettyglib.testsuite.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.SocketChannelNotYetConnectedTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibSocketChannelNotYetConnectedTest extends SocketChannelNotYetConnectedTest {

    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.clientSocketWithFastOpen();
    }
}
