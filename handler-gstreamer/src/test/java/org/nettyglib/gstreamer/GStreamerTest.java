package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Program;
import org.nettyglib.gstreamer.ffi.GstLibraries;

/** A system on which GStreamer cannot be used is told why, each reason in a JVM of its own. */
class GStreamerTest {
    /** What the child JVM runs. */
    static final class Report {
        private Report() {}

        public static void main(String[] args) {
            System.out.println("available " + GStreamer.isAvailable());
            try {
                GStreamer.init();
                System.out.println("version " + GStreamer.version());
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
        assertThat(GStreamer.unavailabilityCause()).isNull();
        assertThat(GStreamer.isAvailable()).isTrue();
        assertThatNoException().isThrownBy(GStreamer::ensureAvailability);
        assertThat(GStreamer.version()).matches("1\\.\\d+\\.\\d+");
        assertThat(GStreamer.hasElement("fakesink")).isTrue();
        assertThat(GStreamer.hasElement("nosuchsink")).isFalse();
    }

    @Test
    void shouldStartInAJvmOfItsOwn() throws Exception {
        assertThat(report("--enable-native-access=ALL-UNNAMED"))
                .contains("available true")
                .contains("version 1.")
                .doesNotContain("refused");
    }

    @Test
    void shouldNameTheFlagWhereNativeAccessIsRefused() throws Exception {
        assertThat(report("--illegal-native-access=deny"))
                .contains("available false")
                .contains("refused GStreamer is not available")
                .contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void shouldNameTheMissingLibrary() throws Exception {
        assertThat(report("--enable-native-access=ALL-UNNAMED", "-D" + GstLibraries.LIBRARY_PROPERTY + "=libnone.so.7"))
                .contains("available false")
                .contains("libnone.so.7 was not found")
                .contains("libgstreamer1.0-0");
    }

    @Test
    void shouldNameTheVersionThatIsNeeded() {
        assertThatNoException().isThrownBy(() -> GStreamer.requireVersion(new int[] {1, 22, 0, 0}));
        assertThatNoException().isThrownBy(() -> GStreamer.requireVersion(new int[] {2, 0, 0, 0}));
        assertThatExceptionOfType(UnsatisfiedLinkError.class)
                .isThrownBy(() -> GStreamer.requireVersion(new int[] {1, 20, 3, 0}))
                .withMessageContaining("1.22 or newer")
                .withMessageContaining("1.20.3");
    }
}
