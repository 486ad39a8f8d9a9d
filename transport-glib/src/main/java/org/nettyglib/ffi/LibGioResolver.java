package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The functions of GIO about names in a network, under their C names. What ends in {@code _async} copies its arguments; the
 * lists that {@code _finish} returns belong to the caller.
 *
 * @see <a href="https://docs.gtk.org/gio/class.Resolver.html">GResolver</a>
 * @see <a href="https://docs.gtk.org/gio/class.InetAddress.html">GInetAddress</a>
 */
public final class LibGioResolver {
    // GResolverNameLookupFlags, gio/gresolver.h.
    public static final int G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT = 0;
    public static final int G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY = 1;
    public static final int G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY = 1 << 1;

    // GResolverRecordType, gio/gioenums.h.
    public static final int G_RESOLVER_RECORD_MX = 2;
    public static final int G_RESOLVER_RECORD_TXT = 3;
    public static final int G_RESOLVER_RECORD_SOA = 4;
    public static final int G_RESOLVER_RECORD_NS = 5;

    // GSocketFamily, gio/gioenums.h: the numbers of AF_INET and AF_INET6.
    public static final int G_SOCKET_FAMILY_IPV4 = 2;
    public static final int G_SOCKET_FAMILY_IPV6 = 10;

    private static final Bindings GIO = LibGio.GIO;

    private static final MethodHandle GET_DEFAULT = GIO.bind("g_resolver_get_default", JAVA_LONG);

    private static final MethodHandle BY_NAME_ASYNC = GIO.bindVoid(
            "g_resolver_lookup_by_name_with_flags_async",
            JAVA_LONG,
            JAVA_LONG,
            JAVA_INT,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle BY_NAME_FINISH =
            GIO.bind("g_resolver_lookup_by_name_with_flags_finish", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FREE_ADDRESSES = GIO.bindVoid("g_resolver_free_addresses", JAVA_LONG);

    private static final MethodHandle BY_ADDRESS_ASYNC =
            GIO.bindVoid("g_resolver_lookup_by_address_async", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle BY_ADDRESS_FINISH =
            GIO.bind("g_resolver_lookup_by_address_finish", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle SERVICE_ASYNC = GIO.bindVoid(
            "g_resolver_lookup_service_async",
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    private static final MethodHandle SERVICE_FINISH =
            GIO.bind("g_resolver_lookup_service_finish", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FREE_TARGETS = GIO.bindVoid("g_resolver_free_targets", JAVA_LONG);

    private static final MethodHandle RECORDS_ASYNC = GIO.bindVoid(
            "g_resolver_lookup_records_async", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RECORDS_FINISH =
            GIO.bind("g_resolver_lookup_records_finish", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle TARGET_HOSTNAME = GIO.bind("g_srv_target_get_hostname", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TARGET_PORT = GIO.bind("g_srv_target_get_port", JAVA_SHORT, JAVA_LONG);
    private static final MethodHandle TARGET_PRIORITY = GIO.bind("g_srv_target_get_priority", JAVA_SHORT, JAVA_LONG);
    private static final MethodHandle TARGET_WEIGHT = GIO.bind("g_srv_target_get_weight", JAVA_SHORT, JAVA_LONG);

    private static final MethodHandle ADDRESS_NEW =
            GIO.bind("g_inet_address_new_from_bytes", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle ADDRESS_BYTES = GIO.bind("g_inet_address_to_bytes", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ADDRESS_SIZE = GIO.bind("g_inet_address_get_native_size", JAVA_LONG, JAVA_LONG);

    /** Since GLib 2.86. */
    private static final @Nullable MethodHandle ADDRESS_SCOPE = GIO.has("g_inet_address_get_scope_id")
            ? GIO.bind("g_inet_address_get_scope_id", JAVA_INT, JAVA_LONG)
            : null;

    private static final MethodHandle LIST_FREE = LibGlib.GLIB.bindVoid("g_list_free", JAVA_LONG);

    private LibGioResolver() {}

    /** The caller owns the reference. */
    public static long g_resolver_get_default() {
        try {
            return (long) GET_DEFAULT.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_resolver_lookup_by_name_with_flags_async(
            long resolver, long hostname, int flags, long cancellable, long callback, long userData) {
        try {
            BY_NAME_ASYNC.invokeExact(resolver, hostname, flags, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** A list of {@code GInetAddress}, for {@link #g_resolver_free_addresses}; 0 with an error. */
    public static long g_resolver_lookup_by_name_with_flags_finish(long resolver, long result, long error) {
        try {
            return (long) BY_NAME_FINISH.invokeExact(resolver, result, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_resolver_free_addresses(long addresses) {
        try {
            FREE_ADDRESSES.invokeExact(addresses);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_resolver_lookup_by_address_async(
            long resolver, long address, long cancellable, long callback, long userData) {
        try {
            BY_ADDRESS_ASYNC.invokeExact(resolver, address, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Null with an error. */
    public static @Nullable String g_resolver_lookup_by_address_finish(long resolver, long result, long error) {
        try {
            return CStrings.take((long) BY_ADDRESS_FINISH.invokeExact(resolver, result, error));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_resolver_lookup_service_async(
            long resolver, long service, long protocol, long domain, long cancellable, long callback, long userData) {
        try {
            SERVICE_ASYNC.invokeExact(resolver, service, protocol, domain, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** A list of {@code GSrvTarget}, for {@link #g_resolver_free_targets}; 0 with an error. */
    public static long g_resolver_lookup_service_finish(long resolver, long result, long error) {
        try {
            return (long) SERVICE_FINISH.invokeExact(resolver, result, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_resolver_free_targets(long targets) {
        try {
            FREE_TARGETS.invokeExact(targets);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_resolver_lookup_records_async(
            long resolver, long name, int recordType, long cancellable, long callback, long userData) {
        try {
            RECORDS_ASYNC.invokeExact(resolver, name, recordType, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** A list of {@code GVariant}, each to be given back and then the list by {@link #g_list_free}; 0 with an error. */
    public static long g_resolver_lookup_records_finish(long resolver, long result, long error) {
        try {
            return (long) RECORDS_FINISH.invokeExact(resolver, result, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The nodes only. */
    public static void g_list_free(long list) {
        try {
            LIST_FREE.invokeExact(list);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static String g_srv_target_get_hostname(long target) {
        try {
            return Memory.getString((long) TARGET_HOSTNAME.invokeExact(target));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_srv_target_get_port(long target) {
        try {
            return Short.toUnsignedInt((short) TARGET_PORT.invokeExact(target));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_srv_target_get_priority(long target) {
        try {
            return Short.toUnsignedInt((short) TARGET_PRIORITY.invokeExact(target));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_srv_target_get_weight(long target) {
        try {
            return Short.toUnsignedInt((short) TARGET_WEIGHT.invokeExact(target));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** A {@code GInetAddress}, which the caller owns. */
    public static long g_inet_address_new_from_bytes(long bytes, int family) {
        try {
            return (long) ADDRESS_NEW.invokeExact(bytes, family);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** Four bytes or sixteen. */
    public static byte[] g_inet_address_to_bytes(long address) {
        try {
            long bytes = (long) ADDRESS_BYTES.invokeExact(address);
            return Memory.getBytes(bytes, (int) (long) ADDRESS_SIZE.invokeExact(address));
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The number of the interface that an IPv6 address is of, or 0, as ever where GLib does not know of it. */
    public static int g_inet_address_get_scope_id(long address) {
        if (ADDRESS_SCOPE == null) {
            return 0;
        }
        try {
            return (int) ADDRESS_SCOPE.invokeExact(address);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
