package org.nettyglib.testsuite.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.DatagramMulticastTest;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/**
 * IPv6 sockets that join a group of IPv4. The senders have IPv4 sockets: Linux does not let a socket that is bound to an
 * IPv6 address send to an IPv4 group, so that Netty's own class of this kind fails where there is an interface for it.
 */
class GLibDatagramMulticastIPv6WithIPv4AddressTest extends DatagramMulticastTest {

    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.datagramFromIPv4ToIPv6();
    }
}
