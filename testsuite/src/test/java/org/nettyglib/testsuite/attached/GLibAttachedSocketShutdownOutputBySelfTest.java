package org.nettyglib.testsuite.attached;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.SocketShutdownOutputBySelfTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibAttachedSocketShutdownOutputBySelfTest extends SocketShutdownOutputBySelfTest {

    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.ATTACHED.clientSocket();
    }
}
