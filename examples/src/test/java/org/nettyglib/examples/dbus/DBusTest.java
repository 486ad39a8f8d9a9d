package org.nettyglib.examples.dbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.gio.DBusConnection;
import org.gnome.glib.Variant;
import org.javagi.base.GErrorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.channel.Await;
import org.nettyglib.gio.GioFuture;
import org.nettyglib.loop.GLibEventLoopGroup;

/** The example's parts on a private bus, called by themselves and by other programs. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DBusTest {

    private static final int CALLS = 10_000;
    private static final int AT_A_TIME = 100;

    /** Where {@code ref_count} stands in {@code struct GObject}, gobject.h. */
    private static final int REF_COUNT = 8;

    /**
     * Less than the function pointers of a quarter of the calls would take. Not much less: threads of the compiler that begin meanwhile have
     * their buffers there, too.
     */
    private static final long CODE_BYTES = 900 * CALLS / 4;

    private final GLibEventLoopGroup group = new GLibEventLoopGroup(1);
    private final EventLoop loop = group.next();
    private MessageBus bus;
    private DBusConnection connection;
    private BusName name;
    private Fetcher fetcher;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        bus = MessageBus.start(directory);
        connection = Bus.at(loop, bus.address()).sync().getNow();
        fetcher = loop.submit(() -> Fetcher.export(connection, this::fetch))
                .sync()
                .getNow();
        name = new BusName(loop, connection, DBusDemo.NAME);
        assertThat(BusName.isOwned(name.request().sync().getNow())).isTrue();
    }

    @AfterEach
    void close() throws Exception {
        try {
            if (connection != null) {
                name.release().sync();
                loop.submit(fetcher::close).sync();
                Bus.close(loop, connection).sync();
            }
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
            if (bus != null) {
                bus.close();
            }
        }
    }

    private Future<String> fetch(String what) {
        return what.equals("nothing")
                ? loop.newFailedFuture(new IOException("there is no %s here"))
                : loop.newSucceededFuture(what.toUpperCase(Locale.ROOT));
    }

    private Calls client() {
        return new Calls(loop, connection, DBusDemo.NAME, Fetcher.PATH);
    }

    private static Variant tuple(String text) {
        return Variant.tuple(new Variant[] {Variant.string(text)});
    }

    @Test
    void shouldAnswerItsOwnCallAndTellItBySignal() throws Exception {
        BlockingQueue<String> signals = new LinkedBlockingQueue<>();
        SignalFollower follower = loop.submit(() -> SignalFollower.follow(
                        connection, Fetcher.INTERFACE, Fetcher.SIGNAL, what -> signals.add(what.print(false))))
                .sync()
                .getNow();

        Variant answer = client().call(Fetcher.INTERFACE, "Fetch", tuple("a text"))
                .sync()
                .getNow();

        assertThat(answer.print(false)).isEqualTo("('A TEXT',)");
        assertThat(signals.poll(Await.SECONDS, TimeUnit.SECONDS)).isEqualTo("('a text',)");
        loop.submit(follower::close).sync();
        client().call(Fetcher.INTERFACE, "Fetch", tuple("another")).sync();
        assertThat(signals).isEmpty();
    }

    @Test
    void shouldTellAFailure() throws Exception {
        GioFuture<Variant> answer = client().call(Fetcher.INTERFACE, "Fetch", tuple("nothing"));

        answer.await();

        assertThat(answer.cause()).isInstanceOf(GErrorException.class).hasMessageContaining("there is no %s here");
    }

    @Test
    void shouldAnswerGdbus() throws Exception {
        MessageBus.assumeInstalled("gdbus", "libglib2.0-bin");

        assertThat(gdbus(Fetcher.INTERFACE + ".Fetch", "grüße")).isEqualTo("('GRÜSSE',)\n");
        assertThat(gdbus(Fetcher.INTERFACE + ".Fetch", "nothing")).contains("there is no %s here");
        assertThat(gdbus("org.freedesktop.DBus.Properties.Get", Fetcher.INTERFACE, "Fetched"))
                .isEqualTo("(<uint32 1>,)\n");
        assertThat(gdbus("org.freedesktop.DBus.Properties.GetAll", Fetcher.INTERFACE))
                .isEqualTo("({'Fetched': <uint32 1>},)\n");
    }

    private String gdbus(String... methodAndArguments) throws Exception {
        String[] fixed = {
            "gdbus",
            "call",
            "--address",
            bus.address(),
            "--dest",
            DBusDemo.NAME,
            "--object-path",
            Fetcher.PATH,
            "--method"
        };
        String[] command = new String[fixed.length + methodAndArguments.length];
        System.arraycopy(fixed, 0, command, 0, fixed.length);
        System.arraycopy(methodAndArguments, 0, command, fixed.length, methodAndArguments.length);
        return MessageBus.output(command);
    }

    @Test
    void shouldAnswerDbusSend() throws Exception {
        MessageBus.assumeInstalled("dbus-send", "dbus-bin");

        assertThat(MessageBus.output(
                        "dbus-send",
                        "--bus=" + bus.address(),
                        "--print-reply=literal",
                        "--dest=" + DBusDemo.NAME,
                        Fetcher.PATH,
                        Fetcher.INTERFACE + ".Fetch",
                        "string:hello"))
                .contains("HELLO");
    }

    @Test
    void shouldAnswerBusctl() throws Exception {
        MessageBus.assumeInstalled("busctl", "systemd");

        assertThat(MessageBus.output(
                        "busctl",
                        "--address=" + bus.address(),
                        "call",
                        DBusDemo.NAME,
                        Fetcher.PATH,
                        Fetcher.INTERFACE,
                        "Fetch",
                        "s",
                        "hello"))
                .isEqualTo("s \"HELLO\"\n");
    }

    @Test
    void shouldShowItselfAsAProgram() throws Exception {
        name.release().sync();

        String output = MessageBus.output(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DBusDemo.class.getName(),
                bus.address());

        assertThat(output.lines())
                .contains(
                        "Signal ('some text',) in the event loop: true",
                        "Fetch ('some text',) = ('SOME TEXT',)",
                        "Fetched = (<uint32 1>,)")
                .endsWith("Closed");
    }

    /** With java-gi's own upcalls and callbacks each call would leave a reference and function pointers behind. */
    @Test
    void shouldLeaveNothingBehindAfterManyCalls() throws Exception {
        call(AT_A_TIME);
        int references = references();
        long code = functionPointerBytes();

        assertThat(call(CALLS)).isEqualTo(CALLS);

        assertThat(functionPointerBytes() - code).isLessThan(CODE_BYTES);
        // Each call that was not collected yet has one, on both sides.
        Await.until(
                () -> {
                    System.gc();
                    return references() <= references + AT_A_TIME;
                },
                () -> "at most " + (references + AT_A_TIME) + " references, but there are " + references());
    }

    /** @return how many were answered right */
    private int call(int count) throws InterruptedException {
        Calls client = client();
        AtomicInteger right = new AtomicInteger();
        Semaphore free = new Semaphore(AT_A_TIME);
        for (int i = 0; i < count; i++) {
            free.acquire();
            client.call(Fetcher.INTERFACE, "Fetch", tuple("text")).addListener((Future<Variant> answer) -> {
                if (answer.isSuccess()
                        && answer.getNow().getChildValue(0).getString(null).equals("TEXT")) {
                    right.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquire(AT_A_TIME);
        return right.get();
    }

    @SuppressWarnings("restricted")
    private int references() {
        return connection.handle().reinterpret(REF_COUNT + Integer.BYTES).get(ValueLayout.JAVA_INT, REF_COUNT);
    }

    private static long functionPointerBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().contains("non-nmethods"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }
}
