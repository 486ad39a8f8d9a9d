package org.nettyglib.gio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.File;
import org.gnome.gio.FileInfo;
import org.gnome.gio.FileQueryInfoFlags;
import org.gnome.glib.GLib;
import org.nettyglib.loop.LoopFixture;

/** Operations during which the garbage collector runs wherever it may. Prints how many there were. */
final class GioGarbageProgram {
    private static final int OPERATIONS_OF_A_KIND = 17;

    /** When the garbage collector runs. */
    private enum Where {
        BEFORE_BEGIN,
        AFTER_BEGIN,
        BEFORE_FINISH,
        AFTER_FINISH,
        LISTENER,
        CANCELLATION
    }

    private final GioLoop loop;
    private final File file;

    private GioGarbageProgram(GioLoop loop, File file) {
        this.loop = loop;
        this.file = file;
    }

    public static void main(String[] args) throws Exception {
        int operations = 0;
        for (GioLoopKind kind : GioLoopKind.values()) {
            try (GioLoop loop = kind.open()) {
                GioGarbageProgram program = new GioGarbageProgram(loop, File.newForPath(args[0]));
                for (int i = 0; i < OPERATIONS_OF_A_KIND; i++) {
                    for (Where where : Where.values()) {
                        program.query(where);
                        operations++;
                    }
                }
            }
        }
        System.out.println("done " + operations);
    }

    private void query(Where where) throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        start(where).addListener(done -> {
            collect(where == Where.LISTENER);
            if (done.isSuccess()) {
                name.complete(((FileInfo) done.getNow()).getName());
            } else {
                name.completeExceptionally(done.cause());
            }
        });
        if (where == Where.CANCELLATION) {
            start(where).cancel(false);
            System.gc();
        }
        String found = name.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!found.equals(file.getBasename())) {
            throw new IllegalStateException("not " + file.getBasename() + ": " + found);
        }
    }

    private GioFuture<FileInfo> start(Where where) {
        return GioFutures.start(
                loop.loop(),
                (cancellable, ready) -> {
                    collect(where == Where.BEFORE_BEGIN);
                    file.queryInfoAsync(
                            "standard::*", FileQueryInfoFlags.NONE, GLib.PRIORITY_DEFAULT, cancellable, ready);
                    collect(where == Where.AFTER_BEGIN);
                },
                result -> {
                    collect(where == Where.BEFORE_FINISH);
                    FileInfo info = file.queryInfoFinish(result);
                    collect(where == Where.AFTER_FINISH);
                    return info;
                });
    }

    private static void collect(boolean now) {
        if (now) {
            System.gc();
        }
    }
}
