package org.nettyglib.testsuite.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketHalfClosedTest;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** On loops of Netty's own class. */
@Timeout(60) // Netty's 20 s are scarce: one byte at a time, each buffer watched for leaks
class GLibHandlerSocketHalfClosedTest extends SocketHalfClosedTest {

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.ON_NETTYS_LOOPS.socketWithoutFastOpen();
    }
}
