package org.nettyglib.testsuite.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.DatagramConnectNotExistsTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibDatagramConnectNotExistsTest extends DatagramConnectNotExistsTest {

    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagramSocket();
    }
}
