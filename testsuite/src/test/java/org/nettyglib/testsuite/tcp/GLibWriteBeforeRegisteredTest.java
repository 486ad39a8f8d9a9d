package org.nettyglib.testsuite.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.WriteBeforeRegisteredTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibWriteBeforeRegisteredTest extends WriteBeforeRegisteredTest {

    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.clientSocketWithFastOpen();
    }
}
