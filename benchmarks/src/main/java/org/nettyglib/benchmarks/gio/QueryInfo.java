package org.nettyglib.benchmarks.gio;

import org.gnome.gio.AsyncReadyCallback;
import org.gnome.gio.AsyncResult;
import org.gnome.gio.Cancellable;
import org.gnome.gio.File;
import org.gnome.gio.FileInfo;
import org.gnome.gio.FileQueryInfoFlags;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the size of a file. A worker thread of GIO's asks the kernel.
 *
 * @param size what the answer has to be, in bytes
 */
record QueryInfo(File file, long size) implements JavaGiCall<FileInfo> {

    @Override
    public void begin(@Nullable Cancellable cancellable, AsyncReadyCallback ready) {
        file.queryInfoAsync("standard::size", FileQueryInfoFlags.NONE, 0, cancellable, ready);
    }

    @Override
    public FileInfo finish(AsyncResult result) throws GErrorException {
        return file.queryInfoFinish(result);
    }

    @Override
    public void check(FileInfo info) {
        Operation.require(info.getSize() == size, "the size of the file");
    }
}
