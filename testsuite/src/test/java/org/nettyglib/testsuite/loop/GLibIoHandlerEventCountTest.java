package org.nettyglib.testsuite.loop;

import io.netty.channel.AbstractIoHandlerEventCountTest;
import io.netty.channel.IoHandlerFactory;
import org.nettyglib.loop.GLibIoHandler;

class GLibIoHandlerEventCountTest extends AbstractIoHandlerEventCountTest {

    @Override
    protected IoHandlerFactory newIoHandlerFactory() {
        return GLibIoHandler.newFactory();
    }
}
