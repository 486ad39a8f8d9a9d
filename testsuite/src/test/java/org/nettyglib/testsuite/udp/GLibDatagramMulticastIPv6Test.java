package org.nettyglib.testsuite.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.DatagramMulticastIPv6Test;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibDatagramMulticastIPv6Test extends DatagramMulticastIPv6Test {

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagram(socketInternetProtocalFamily());
    }
}
