package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.gnome.gio.DBusCallFlags;
import org.gnome.gio.DBusConnection;
import org.gnome.gio.DBusError;
import org.gnome.glib.GLib;
import org.gnome.glib.Variant;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.PrivateBus;

/** Calls of D-Bus, whose answers come on GIO's own thread and end in the loop's context. */
@ParameterizedClass
@EnumSource
class GioBusTest {
    private static final String BUS = "org.freedesktop.DBus";
    private static final int NO_TIMEOUT = Integer.MAX_VALUE;

    private static @Nullable PrivateBus startedBus;

    private final GioLoop loop;
    private final PrivateBus bus;
    private final DBusConnection connection;

    GioBusTest(GioLoopKind kind) {
        loop = kind.open();
        bus = Objects.requireNonNull(startedBus);
        connection = bus.connection();
    }

    @BeforeAll
    static void startBus(@TempDir Path directory) throws Exception {
        PrivateBus.assumeInstalled();
        startedBus = PrivateBus.start(directory);
    }

    @AfterAll
    static void stopBus() throws Exception {
        if (startedBus != null) {
            startedBus.close();
            startedBus = null;
        }
    }

    @AfterEach
    void tearDown() throws Exception {
        assertThat(loop.underWay()).isZero();
        loop.close();
    }

    private GioFuture<Variant> call(String method) {
        return GioFutures.start(
                loop.loop(),
                (cancellable, ready) -> connection.call(
                        BUS,
                        "/org/freedesktop/DBus",
                        BUS,
                        method,
                        null,
                        null,
                        DBusCallFlags.NONE,
                        NO_TIMEOUT,
                        cancellable,
                        ready),
                connection::callFinish);
    }

    @Test
    void shouldAnswer() throws Exception {
        assertThat(Await.success(call("GetId")).print(false)).isEqualTo(bus.id());
    }

    @Test
    void shouldAnswerManyAtOnce() throws Exception {
        List<GioFuture<Variant>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(call("GetId"));
        }
        for (GioFuture<Variant> call : calls) {
            assertThat(Await.success(call).print(false)).isEqualTo(bus.id());
        }
    }

    @Test
    void shouldFailWithTheErrorOfTheOtherSide() throws Exception {
        assertThat(Await.failure(call("Refuse"))).isInstanceOfSatisfying(GErrorException.class, error -> {
            assertThat(GLib.quarkToString(error.getDomain())).isEqualTo("g-dbus-error-quark");
            assertThat(error.getCode()).isEqualTo(DBusError.UNKNOWN_METHOD.getValue());
            assertThat(error).hasMessageContaining("Refuse");
        });
    }

    /** The future at once; the operation's own end comes while the other side still does not answer. */
    @Test
    void shouldCancelACallWithoutAnswer() throws Exception {
        bus.pause();
        try {
            GioFuture<Variant> call = call("GetId");
            GioFuture<Variant> late = call("GetId").withTimeout(Duration.ofMillis(20));
            assertThat(Await.failure(late)).isInstanceOf(TimeoutException.class);
            assertThat(call.isDone()).isFalse();
            assertThat(call.cancel(false)).isTrue();
            Await.until(this::noneUnderWay, () -> "the operation ends");
            assertThat(call.isCancelled()).isTrue();
        } finally {
            bus.resume();
        }
        assertThat(Await.success(call("GetId")).print(false)).isEqualTo(bus.id());
    }

    private boolean noneUnderWay() {
        try {
            return loop.underWay() == 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
