package org.nettyglib.testsuite.attached;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.DatagramUnicastInetTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibAttachedDatagramUnicastInetTest extends DatagramUnicastInetTest {

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.ATTACHED.datagram(socketInternetProtocalFamily());
    }
}
