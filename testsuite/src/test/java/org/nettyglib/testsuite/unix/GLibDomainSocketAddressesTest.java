package org.nettyglib.testsuite.unix;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketAddressesTest;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import org.nettyglib.testsuite.DomainAddresses;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibDomainSocketAddressesTest extends SocketAddressesTest {

    @Override
    protected SocketAddress newSocketAddress() {
        return DomainAddresses.newPath();
    }

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.domainSocket();
    }

    /** The one of a client that was not bound is empty, as unix(7) has it. */
    @Override
    protected void assertAddress(SocketAddress address) {
        assertThat(address).isInstanceOfAny(DomainSocketAddress.class, UnixDomainSocketAddress.class);
    }
}
