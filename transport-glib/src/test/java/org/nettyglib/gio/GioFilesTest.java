package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.gnome.gio.File;
import org.gnome.gio.FileCreateFlags;
import org.gnome.gio.FileEnumerator;
import org.gnome.gio.FileInfo;
import org.gnome.gio.FileInputStream;
import org.gnome.gio.FileOutputStream;
import org.gnome.gio.FileQueryInfoFlags;
import org.gnome.gio.IOErrorEnum;
import org.gnome.glib.GLib;
import org.javagi.base.GErrorException;
import org.javagi.base.Out;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;

/** java-gi's calls for real files. */
@ParameterizedClass
@EnumSource
class GioFilesTest {
    private static final int PRIORITY = GLib.PRIORITY_DEFAULT;

    private final GioLoop loop;

    @TempDir
    private Path directory = Path.of("");

    GioFilesTest(GioLoopKind kind) {
        loop = kind.open();
    }

    @AfterEach
    void tearDown() throws Exception {
        loop.close();
    }

    private <T> T result(GioBegin begin, GioFinish<T> finish) throws InterruptedException {
        return Await.success(GioFutures.start(loop.loop(), begin, finish));
    }

    private File write(String name, String content) throws Exception {
        return File.newForPath(
                Files.writeString(directory.resolve(name), content).toString());
    }

    @Test
    void shouldQueryInfo() throws Exception {
        File file = write("file", "twelve bytes");
        FileInfo info = result(
                (cancellable, ready) ->
                        file.queryInfoAsync("standard::size", FileQueryInfoFlags.NONE, PRIORITY, cancellable, ready),
                file::queryInfoFinish);
        assertThat(info.getSize()).isEqualTo(12);
    }

    @Test
    void shouldReadAll() throws Exception {
        String content = "é".repeat(100_000);
        File file = write("file", content);
        byte[] bytes = result(file::loadContentsAsync, loaded -> {
            Out<byte[]> contents = new Out<>();
            assertThat(file.loadContentsFinish(loaded, contents, null)).isTrue();
            return Objects.requireNonNull(contents.get());
        });
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(content);
    }

    @Test
    void shouldReadAPieceAndClose() throws Exception {
        File file = write("file", "twelve bytes");
        FileInputStream stream =
                result((cancellable, ready) -> file.readAsync(PRIORITY, cancellable, ready), file::readFinish);
        byte[] bytes = result(
                (cancellable, ready) -> stream.readBytesAsync(6, PRIORITY, cancellable, ready),
                stream::readBytesFinish);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("twelve");
        assertThat(result((cancellable, ready) -> stream.closeAsync(PRIORITY, cancellable, ready), stream::closeFinish))
                .isTrue();
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void shouldReplaceAFile() throws Exception {
        File file = write("file", "old");
        FileOutputStream stream = result(
                (cancellable, ready) ->
                        file.replaceAsync(null, false, EnumSet.of(FileCreateFlags.NONE), PRIORITY, cancellable, ready),
                file::replaceFinish);
        byte[] bytes = "new content".getBytes(StandardCharsets.UTF_8);
        assertThat(result(
                        (cancellable, ready) -> stream.writeBytesAsync(bytes, PRIORITY, cancellable, ready),
                        stream::writeBytesFinish))
                .isEqualTo(11L);
        result((cancellable, ready) -> stream.closeAsync(PRIORITY, cancellable, ready), stream::closeFinish);
        assertThat(directory.resolve("file")).hasContent("new content");
    }

    @Test
    void shouldListAFolder() throws Exception {
        for (int i = 0; i < 250; i++) {
            write("file" + i, "");
        }
        File folder = File.newForPath(directory.toString());
        FileEnumerator enumerator = result(
                (cancellable, ready) -> folder.enumerateChildrenAsync(
                        "standard::name", FileQueryInfoFlags.NONE, PRIORITY, cancellable, ready),
                folder::enumerateChildrenFinish);
        List<String> names = new ArrayList<>();
        // Not by nextFilesFinish: java-gi drops the references of its list's elements twice, once for the list.
        for (FileInfo info = enumerator.nextFile(null); info != null; info = enumerator.nextFile(null)) {
            names.add(info.getName());
        }
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 250).mapToObj(i -> "file" + i).toList());
    }

    @Test
    void shouldFailWithGIOsError() throws Exception {
        File file = File.newForPath(directory.resolve("missing 100%s%n%").toString());
        GioFuture<FileInputStream> future = GioFutures.start(
                loop.loop(), (cancellable, ready) -> file.readAsync(PRIORITY, cancellable, ready), file::readFinish);
        assertThat(Await.failure(future)).isInstanceOfSatisfying(GErrorException.class, error -> {
            assertThat(GLib.quarkToString(error.getDomain())).isEqualTo("g-io-error-quark");
            assertThat(error.getCode()).isEqualTo(IOErrorEnum.NOT_FOUND.getValue());
            assertThat(error).hasMessageContaining("missing 100%s%n%");
        });
    }
}
