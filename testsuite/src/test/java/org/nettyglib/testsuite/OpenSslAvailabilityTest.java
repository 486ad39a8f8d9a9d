package org.nettyglib.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSsl;
import org.junit.jupiter.api.Test;

class OpenSslAvailabilityTest {

    /** Without it half of SocketSslEchoTest, and all of the renegotiation by OpenSSL, would be left out without a word. */
    @Test
    void shouldRunTlsTestsWithOpenSslToo() {
        assertThat(OpenSsl.isAvailable())
                .withFailMessage(() -> "netty-tcnative does not load: " + OpenSsl.unavailabilityCause())
                .isTrue();
    }

    /**
     * SocketSslClientRenegotiateTest needs an OpenSSL that renegotiates, and skips itself with BoringSSL; the README says
     * why it is no other. When this fails, it runs: take it off the README's list.
     */
    @Test
    void shouldSkipOpenSslRenegotiationOnlyBecauseBoringSslHasNone() {
        assertThat(OpenSsl.versionString()).isEqualTo("BoringSSL");
        assertThat(OpenSsl.isRenegotiationSupported()).isFalse();
    }
}
