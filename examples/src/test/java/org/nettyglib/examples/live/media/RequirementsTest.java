package org.nettyglib.examples.live.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequirementsTest {

    @Test
    void shouldNameTheElementAndThePackageThatHasIt() {
        assertThat(Requirements.missing("textoverlay"))
                .contains("\"textoverlay\"")
                .contains("apt install gstreamer1.0-x");
        assertThat(Requirements.missing("jpegenc")).contains("\"jpegenc\"").contains("gstreamer1.0-plugins-good");
    }

    @Test
    void shouldSayWhereToLookForAnElementItDoesNotKnow() {
        assertThat(Requirements.missing("frobnicate"))
                .contains("\"frobnicate\"")
                .contains("gst-inspect-1.0");
    }

    @Test
    void shouldFindTheElementInGStreamersError() {
        assertThat(Requirements.missingElement("no element \"frobnicate\"")).contains("frobnicate");
        assertThat(Requirements.missingElement("syntax error")).isEmpty();
    }
}
