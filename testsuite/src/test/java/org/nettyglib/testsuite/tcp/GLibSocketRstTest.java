package org.nettyglib.testsuite.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.SocketRstTest;
import java.io.IOException;
import java.util.List;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

class GLibSocketRstTest extends SocketRstTest {

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.socketWithoutFastOpen();
    }

    /** Netty's own check looks at the message only, as NIO has no more; a native transport keeps the errno. */
    @Override
    protected void assertRstOnCloseException(IOException cause, Channel client) {
        if (client instanceof GLibSocketChannel) {
            assertThat(cause)
                    .isInstanceOfSatisfying(
                            NativeIoException.class,
                            e -> assertThat(e.expectedErr()).isEqualTo(Errors.ERRNO_ECONNRESET_NEGATIVE));
        } else {
            super.assertRstOnCloseException(cause, client);
        }
    }
}
