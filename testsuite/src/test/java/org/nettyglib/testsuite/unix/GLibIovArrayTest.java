package org.nettyglib.testsuite.unix;

import io.netty.channel.unix.tests.IovArrayTest;
import org.junit.jupiter.api.BeforeAll;
import org.nettyglib.loop.GLibTransport;

/** Needs Netty's natives, which this transport loads. */
class GLibIovArrayTest extends IovArrayTest {

    @BeforeAll
    static void loadNatives() {
        GLibTransport.ensureAvailability();
    }
}
