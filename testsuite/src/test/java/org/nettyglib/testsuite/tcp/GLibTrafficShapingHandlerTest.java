package org.nettyglib.testsuite.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.TrafficShapingHandlerTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** Without fast open: with it, the pairs would take longer than the ten seconds that Netty gives some of the tests. */
class GLibTrafficShapingHandlerTest extends TrafficShapingHandlerTest {

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.socketWithoutFastOpen();
    }
}
