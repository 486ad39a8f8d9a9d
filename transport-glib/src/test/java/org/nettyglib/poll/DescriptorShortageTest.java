package org.nettyglib.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.ReflectionSupport;
import org.nettyglib.ffi.SourceFuncs;

/** What a backend opens for itself is closed again when the next thing cannot be opened. */
class DescriptorShortageTest {
    @RegisterExtension
    private final BackendFixture fixture = new BackendFixture();

    /** A class takes a descriptor while it is loaded, and one that could not be loaded is missing for good. */
    @BeforeAll
    static void loadClasses() {
        for (String name : List.of("org.nettyglib.poll", "org.nettyglib.ffi")) {
            assertThat(ReflectionSupport.findAllClassesInPackage(name, type -> true, type -> true))
                    .contains(name.endsWith("poll") ? EpollSet.class : SourceFuncs.class);
        }
    }

    /** Those that nothing but a backend opens: class loading may open files at any time. */
    private static Set<String> descriptors() throws Exception {
        Set<String> descriptors = new TreeSet<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path link : links) {
                String target = Files.isSymbolicLink(link)
                        ? Files.readSymbolicLink(link).toString()
                        : "";
                if (target.startsWith("anon_inode:")) {
                    descriptors.add(link.getFileName() + " " + target);
                }
            }
        }
        return descriptors;
    }

    /** Contexts of other tests are closed when the collector finds them: not meanwhile. */
    private static Set<String> settled() throws Exception {
        Set<String> before = Set.of();
        Set<String> now = descriptors();
        for (int same = 0; same < 3; same = now.equals(before) ? same + 1 : 0) {
            System.gc();
            Thread.sleep(50);
            before = now;
            now = descriptors();
        }
        return now;
    }

    private @Nullable Throwable openWith(int descriptors) {
        try (DescriptorLimit limit = new DescriptorLimit(descriptors)) {
            return catchThrowable(() -> fixture.open().close());
        }
    }

    @Test
    void shouldCloseWhatItOpenedWhenABackendCannotBeOpened() throws Exception {
        // The classes and messages that a failure needs.
        assertThat(openWith(0)).isInstanceOf(UncheckedIOException.class);
        int needed = fixture.backend() instanceof EpollSet ? 3 : 1;
        Set<String> before = settled();
        int sources = SourceFuncs.liveSources();
        for (int i = 0; i < needed; i++) {
            assertThat(openWith(i))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Too many open files");
            assertThat(descriptors()).isSubsetOf(before);
        }
        assertThat(openWith(needed)).isNull();
        assertThat(descriptors()).isSubsetOf(before);
        assertThat(SourceFuncs.liveSources()).isEqualTo(sources);
    }

    /** The watch stays as it was, and can be moved when there is a descriptor again. */
    @Test
    void shouldLeaveAWatchAsItWasWhenItsPriorityCannotBeChanged() {
        WatchedPipe pipe = fixture.pipe("pipe", 0);
        Throwable failure;
        try (DescriptorLimit limit = new DescriptorLimit(0)) {
            failure = catchThrowable(() -> pipe.watch().interest(PollBits.IN, 5));
        }
        if (fixture.backend() instanceof EpollSet) {
            assertThat(failure).isInstanceOf(UncheckedIOException.class).hasMessageContaining("Too many open files");
        } else {
            assertThat(failure).isNull();
        }
        pipe.write();
        fixture.iterateUntilQuiet();
        pipe.watch().interest(PollBits.IN, 5);
        pipe.write();
        fixture.iterateUntilQuiet();
        assertThat(fixture.log()).containsExactly("pipe", "pipe");
    }
}
