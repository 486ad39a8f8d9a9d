package org.nettyglib.examples.dbus;

import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.function.Function;
import org.gnome.gio.DBusConnection;
import org.gnome.gio.DBusInterfaceInfo;
import org.gnome.gio.DBusInterfaceMethodCallFunc;
import org.gnome.gio.DBusInterfaceVTable;
import org.gnome.gio.DBusMethodInvocation;
import org.gnome.gio.DBusNodeInfo;
import org.gnome.glib.Variant;
import org.javagi.base.GErrorException;
import org.javagi.gobject.InstanceCache;
import org.jspecify.annotations.Nullable;

/**
 * An object on a bus whose method {@code Fetch} answers when a future of Netty's is done. It has a property, {@code Fetched}, and
 * tells each answer by a signal of that name, too. On the loop's thread.
 *
 * <p>Its upcall replaces java-gi's, which takes a reference to the connection at each call and never gives it back. GDBus sends
 * the reading of properties the same way if there is no function of its own for it.
 */
final class Fetcher implements DBusInterfaceMethodCallFunc, AutoCloseable {

    static final String INTERFACE = "org.nettyglib.Fetcher";
    static final String PATH = "/org/nettyglib/Fetcher";
    static final String SIGNAL = "Fetched";

    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    private static final String FAILED = INTERFACE + ".Failed";

    private static final String XML = """
            <node>
              <interface name='org.nettyglib.Fetcher'>
                <method name='Fetch'>
                  <arg type='s' name='what' direction='in'/>
                  <arg type='s' name='content' direction='out'/>
                </method>
                <signal name='Fetched'>
                  <arg type='s' name='what'/>
                </signal>
                <property name='Fetched' type='u' access='read'/>
              </interface>
            </node>
            """;

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Fetcher.class);

    private final DBusConnection connection;
    private final Function<String, Future<String>> fetch;

    /** What C looks at as long as the object is exported. */
    private final DBusInterfaceVTable vtable;

    private int registration;
    private int fetched;

    private Fetcher(DBusConnection connection, Function<String, Future<String>> fetch) {
        this.connection = connection;
        this.fetch = fetch;
        vtable = new DBusInterfaceVTable(Arena.global());
        vtable.writeMethodCall(this, Arena.global());
    }

    /**
     * Exports one.
     *
     * @param fetch answers a call
     */
    static Fetcher export(DBusConnection connection, Function<String, Future<String>> fetch) throws GErrorException {
        Fetcher fetcher = new Fetcher(connection, fetch);
        DBusNodeInfo node = DBusNodeInfo.forXml(XML);
        DBusInterfaceInfo description = node.lookupInterface(INTERFACE);
        fetcher.registration = connection.registerObject(PATH, description, fetcher.vtable, null);
        Reference.reachabilityFence(node);
        return fetcher;
    }

    @Override
    public void upcall(
            MemorySegment connection,
            MemorySegment sender,
            MemorySegment path,
            MemorySegment interfaceName,
            MemorySegment method,
            MemorySegment arguments,
            MemorySegment invocation,
            MemorySegment userData) {
        try {
            var call = (DBusMethodInvocation) InstanceCache.getForType(invocation, DBusMethodInvocation::new);
            dispatch(text(interfaceName), text(method), new Variant(arguments), Objects.requireNonNull(call));
        } catch (Throwable e) {
            // Nothing may be thrown from here: it would end the JVM.
            logger.warn("A call is not answered", e);
        }
    }

    @Override
    public void run(
            DBusConnection connection,
            @Nullable String sender,
            String path,
            @Nullable String interfaceName,
            String method,
            Variant arguments,
            DBusMethodInvocation invocation) {
        dispatch(interfaceName, method, arguments, invocation);
    }

    private void dispatch(
            @Nullable String interfaceName, String method, Variant arguments, DBusMethodInvocation invocation) {
        switch (interfaceName + "." + method) {
            case INTERFACE + ".Fetch" -> fetch(arguments.getChildValue(0).getString(null), invocation);
            case PROPERTIES + ".Get" -> answer(invocation, property());
            case PROPERTIES + ".GetAll" -> answer(invocation, properties());
            default -> invocation.returnDbusError(FAILED, "No such method: " + method);
        }
    }

    private void fetch(String what, DBusMethodInvocation invocation) {
        fetch.apply(what).addListener((Future<String> content) -> {
            if (content.isSuccess()) {
                fetched++;
                answer(invocation, Variant.string(content.getNow()));
                tell(what);
            } else {
                invocation.returnDbusError(
                        FAILED, String.valueOf(content.cause().getMessage()));
            }
        });
    }

    /** GDBus has looked at the name already. */
    private Variant property() {
        return Variant.variant(Variant.uint32(fetched));
    }

    private Variant properties() {
        return Variant.array(null, new Variant[] {Variant.dictEntry(Variant.string("Fetched"), property())});
    }

    private static void answer(DBusMethodInvocation invocation, Variant result) {
        Variant results = Variant.tuple(new Variant[] {result});
        invocation.returnValue(results);
        Reference.reachabilityFence(results);
        Reference.reachabilityFence(result);
    }

    private void tell(String what) throws GErrorException {
        Variant arguments = Variant.tuple(new Variant[] {Variant.string(what)});
        connection.emitSignal(null, PATH, INTERFACE, SIGNAL, arguments);
        Reference.reachabilityFence(arguments);
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment string) {
        return string.equals(MemorySegment.NULL)
                ? ""
                : string.reinterpret(Long.MAX_VALUE).getString(0);
    }

    @Override
    public void close() {
        connection.unregisterObject(registration);
    }
}
