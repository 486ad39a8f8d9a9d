package org.nettyglib.testsuite.iostream;

import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketHalfClosedTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

@Timeout(60) // Netty's 20 s are scarce: one byte at a time, each buffer watched for leaks
class GLibIOStreamHalfClosedTest extends SocketHalfClosedTest {

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.ioStream();
    }

    /** Netty leaves this out for NIO, too. */
    @Test
    @Override
    public void testAllDataReadEventTriggeredAfterHalfClosure(TestInfo info) {
        abort("the end of the input is told to who reads, and this test does not");
    }

    @Test
    @Override
    public void testHalfClosureReceiveDataOnFinalWait2StateWhenSoLingerSet(TestInfo info) {
        abort("SO_LINGER, which is GIO's to set");
    }

    @Test
    @Override
    public void testAutoCloseFalseDoesShutdownOutput(TestInfo info) {
        abort("SO_LINGER, which is GIO's to set");
    }
}
