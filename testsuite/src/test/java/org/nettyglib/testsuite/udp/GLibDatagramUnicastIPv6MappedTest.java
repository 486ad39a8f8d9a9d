package org.nettyglib.testsuite.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.DatagramUnicastIPv6MappedTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibDatagramUnicastIPv6MappedTest extends DatagramUnicastIPv6MappedTest {

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagram(socketInternetProtocalFamily());
    }
}
