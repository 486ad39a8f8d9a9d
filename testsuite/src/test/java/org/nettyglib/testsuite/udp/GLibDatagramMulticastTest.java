package org.nettyglib.testsuite.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.DatagramMulticastTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibDatagramMulticastTest extends DatagramMulticastTest {

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagram(socketInternetProtocalFamily());
    }
}
