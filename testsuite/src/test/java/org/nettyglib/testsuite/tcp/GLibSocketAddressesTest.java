package org.nettyglib.testsuite.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketAddressesTest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibSocketAddressesTest extends SocketAddressesTest {

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.socket();
    }

    @Override
    protected void assertAddress(SocketAddress address) {
        assertThat(address).isInstanceOfSatisfying(InetSocketAddress.class, inet -> {
            assertThat(inet.getPort()).isPositive();
            assertThat(inet.getAddress().isAnyLocalAddress()).isFalse();
        });
    }
}
