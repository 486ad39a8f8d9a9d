package org.nettyglib.testsuite.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.DatagramUnicastInetTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** On loops of Netty's own class. */
class GLibHandlerDatagramUnicastInetTest extends DatagramUnicastInetTest {

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.ON_NETTYS_LOOPS.datagram(socketInternetProtocalFamily());
    }
}
