package org.nettyglib.testsuite.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.DatagramUnicastInetTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibDatagramUnicastInetTest extends DatagramUnicastInetTest {

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagram(socketInternetProtocalFamily());
    }
}
