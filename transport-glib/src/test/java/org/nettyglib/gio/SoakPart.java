package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.gnome.gio.Cancellable;
import org.gnome.gio.DBusCallFlags;
import org.gnome.gio.DBusConnection;
import org.gnome.gio.File;
import org.gnome.gio.FileInfo;
import org.gnome.gio.FileInputStream;
import org.gnome.gio.FileQueryInfoFlags;
import org.gnome.glib.GLib;
import org.jspecify.annotations.Nullable;

/** What {@link GioSoak} does again and again. */
enum SoakPart {
    /** The smallest call of java-gi's for a file. */
    INFO {
        @Override
        Future<?> start(EventLoop loop, Stage stage, int number) {
            File file = stage.file();
            return GioFutures.start(
                    loop,
                    (cancellable, ready) -> file.queryInfoAsync(
                            "standard::size", FileQueryInfoFlags.NONE, GLib.PRIORITY_DEFAULT, cancellable, ready),
                    file::queryInfoFinish);
        }
    },

    /** A file is opened, read and closed. */
    STREAM {
        @Override
        Future<?> start(EventLoop loop, Stage stage, int number) {
            File file = stage.file();
            Promise<@Nullable Object> over = loop.newPromise();
            then(
                    GioFutures.start(
                            loop,
                            (cancellable, ready) -> file.readAsync(GLib.PRIORITY_DEFAULT, cancellable, ready),
                            file::readFinish),
                    over,
                    stream -> then(read(loop, stream), over, read -> cascade(close(loop, stream), over)));
            return over;
        }
    },

    /** An operation that this library starts by its C function. */
    NATIVE {
        @Override
        Future<?> start(EventLoop loop, Stage stage, int number) {
            return GioOperation.startNative(
                    loop,
                    (cancellable, callback, userData) ->
                            RawTask.begin(cancellable, callback, userData, true).end(number),
                    (source, result) -> RawTask.take(result));
        }
    },

    /** Cancelled at some time, by one of the ways. */
    CANCEL {
        @Override
        Future<?> start(EventLoop loop, Stage stage, int number) {
            Cancellable parent = new Cancellable();
            File file = stage.file();
            GioFuture<FileInfo> future = GioFutures.start(
                    loop,
                    parent,
                    (cancellable, ready) -> file.queryInfoAsync(
                            "standard::size", FileQueryInfoFlags.NONE, GLib.PRIORITY_DEFAULT, cancellable, ready),
                    file::queryInfoFinish);
            switch (number % 4) {
                case 0 -> future.cancel(false);
                case 1 -> future.cancellable().cancel();
                case 2 -> parent.cancel();
                default -> future.withTimeout(Duration.ofNanos(1));
            }
            Promise<@Nullable Void> over = loop.newPromise();
            future.addListener(done -> {
                if (done.isSuccess() || done.isCancelled() || done.cause() instanceof TimeoutException) {
                    over.setSuccess(null);
                } else {
                    over.setFailure(done.cause());
                }
            });
            return over;
        }
    },

    /** A call of D-Bus and its answer. */
    BUS {
        @Override
        Future<?> start(EventLoop loop, Stage stage, int number) {
            DBusConnection connection = stage.bus();
            return GioFutures.start(
                    loop,
                    (cancellable, ready) -> connection.call(
                            "org.freedesktop.DBus",
                            "/org/freedesktop/DBus",
                            "org.freedesktop.DBus",
                            "GetId",
                            null,
                            null,
                            DBusCallFlags.NONE,
                            -1,
                            cancellable,
                            ready),
                    connection::callFinish);
        }
    },

    /** A name that needs no network. */
    RESOLVER {
        @Override
        Future<?> start(EventLoop loop, Stage stage, int number) {
            return GioResolver.INSTANCE.lookupByName(loop, "localhost");
        }
    },

    /** A program that ends at once. One for {@value #COST_OF_A_PROCESS} operations of the others. */
    PROCESS {
        @Override
        Future<?> start(EventLoop loop, Stage stage, int number) {
            if (number % COST_OF_A_PROCESS != 0) {
                return loop.newSucceededFuture(null);
            }
            Promise<@Nullable Object> over = loop.newPromise();
            then(GLibSubprocess.builder("true").start(loop), over, process -> cascade(process.exit(), over));
            return over;
        }
    };

    private static final int COST_OF_A_PROCESS = 500;

    /** Begins one. Its future fails only if something is wrong. */
    abstract Future<?> start(EventLoop loop, Stage stage, int number);

    private static Future<?> read(EventLoop loop, FileInputStream stream) {
        return GioFutures.start(
                loop,
                (cancellable, ready) -> stream.readBytesAsync(64, GLib.PRIORITY_DEFAULT, cancellable, ready),
                stream::readBytesFinish);
    }

    private static Future<?> close(EventLoop loop, FileInputStream stream) {
        return GioFutures.start(
                loop,
                (cancellable, ready) -> stream.closeAsync(GLib.PRIORITY_DEFAULT, cancellable, ready),
                stream::closeFinish);
    }

    /** Goes on with a result, or fails with its cause. */
    private static <T> void then(Future<T> future, Promise<@Nullable Object> over, Consumer<T> next) {
        future.addListener((Future<T> done) -> {
            if (done.isSuccess()) {
                next.accept(done.getNow());
            } else {
                over.setFailure(done.cause());
            }
        });
    }

    private static void cascade(Future<?> future, Promise<@Nullable Object> over) {
        then(future, over, over::setSuccess);
    }

    /**
     * What the parts work on.
     *
     * @param file a file to read
     * @param bus a connection to a private bus
     */
    record Stage(File file, DBusConnection bus) {}
}
