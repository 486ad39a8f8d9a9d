package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Program;
import org.nettyglib.ffi.LibGlib;

/** A system on which the transport cannot work is told why, each reason in a JVM of its own. */
class AvailabilityTest {
    /** What the child JVM runs. */
    static final class Report {
        private Report() {}

        public static void main(String[] args) {
            System.out.println("available " + GLibTransport.isAvailable());
            try {
                new GLibEventLoopGroup(1).shutdownGracefully(0, 1, TimeUnit.SECONDS);
            } catch (UnsatisfiedLinkError e) {
                System.out.println("refused " + e.getMessage());
            }
        }
    }

    private static String report(String... options) throws IOException, InterruptedException {
        return Program.output(Report.class, options);
    }

    @Test
    void shouldBeAvailableHere() {
        assertThat(GLibTransport.unavailabilityCause()).isNull();
        assertThat(GLibTransport.isAvailable()).isTrue();
        assertThatNoException().isThrownBy(GLibTransport::ensureAvailability);
    }

    @Test
    void shouldStartInAJvmOfItsOwn() throws Exception {
        assertThat(report("--enable-native-access=ALL-UNNAMED"))
                .contains("available true")
                .doesNotContain("refused");
    }

    @Test
    void shouldNameTheFlagWhereNativeAccessIsRefused() throws Exception {
        assertThat(report("--illegal-native-access=deny"))
                .contains("available false")
                .contains("refused the GLib transport is not available")
                .contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void shouldNameTheMissingLibrary() throws Exception {
        assertThat(report("--enable-native-access=ALL-UNNAMED", "-D" + LibGlib.LIBRARY_PROPERTY + "=libnone.so.7"))
                .contains("available false")
                .contains("libnone.so.7 was not found")
                .contains("libglib2.0-0");
    }

    @Test
    void shouldNameTheVersionThatIsNeeded() {
        assertThatNoException().isThrownBy(() -> GLibTransport.requireVersion(null, "2.74"));
        String complaint = LibGlib.glib_check_version(2, 9998, 0);
        assertThat(complaint).isNotNull();
        assertThatExceptionOfType(UnsatisfiedLinkError.class)
                .isThrownBy(() -> GLibTransport.requireVersion(complaint, "2.9998"))
                .withMessageContaining("2.9998 or newer")
                .withMessageContaining(complaint);
    }
}
