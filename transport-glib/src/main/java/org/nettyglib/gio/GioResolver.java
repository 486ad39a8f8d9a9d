package org.nettyglib.gio;

import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ObjectUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.nettyglib.ffi.LibGioResolver;

/**
 * Names as the system resolves them, by GIO's {@code GResolver}: with {@code /etc/hosts} and all that {@code nsswitch.conf}
 * names (DNS, mDNS, the resolver of systemd, a VPN's split DNS), without a thread that waits in Java:
 *
 * <pre>{@code
 * new Bootstrap().group(group).channel(GLibSocketChannel.class).resolver(GioResolver.INSTANCE)…
 * }</pre>
 *
 * <p>A name that is not found fails with an {@link java.net.UnknownHostException}, whose cause is the
 * {@link org.javagi.base.GErrorException} of GIO. To cancel the future of a look-up, or to shut its loop down, cancels it;
 * the system has no deadline but its own, which is often half a minute. Addresses and their scope ids
 * ({@code fe80::1%eth0}), and the empty name, which is the local host as in Netty's other resolvers, take no look-up. A
 * name need not be ASCII. GLib before 2.86 does not tell the scope id of an address that was looked up.
 *
 * <p>Nothing is kept: that is left to the system. GIO works on the look-ups by threads of its own, ten or some more; what is
 * asked beyond that waits. What looks up services and records asks DNS alone.
 *
 * <p>All methods may be called from any thread. A loop has to be one of GLib's.
 */
public final class GioResolver extends AddressResolverGroup<InetSocketAddress> {
    /** For everybody: both kinds of addresses, in the system's order. */
    public static final GioResolver INSTANCE = new GioResolver();

    private final AddressTypes types;

    /**
     * Both kinds of addresses, in the order of the system's own rules (RFC 6724); only those of IPv4 if the JVM was told
     * to do without IPv6, by {@code java.net.preferIPv4Stack}.
     */
    public GioResolver() {
        this(AddressTypes.of(null));
    }

    /**
     * Addresses of certain types, or of both with one of them first.
     *
     * @param types which
     */
    public GioResolver(ResolvedAddressTypes types) {
        this(AddressTypes.of(ObjectUtil.checkNotNull(types, "types")));
    }

    private GioResolver(AddressTypes types) {
        this.types = types;
    }

    /**
     * The resolver of a loop, as a {@code Bootstrap} asks for it.
     *
     * @throws IllegalStateException if the executor is no event loop of GLib's, or shuts down
     */
    @Override
    public AddressResolver<InetSocketAddress> getResolver(EventExecutor executor) {
        requireGLib(executor);
        return super.getResolver(executor);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return nameResolver(requireGLib(executor)).asAddressResolver();
    }

    private static EventLoop requireGLib(EventExecutor executor) {
        if (executor instanceof EventLoop loop) {
            try {
                return LoopMembers.requireGLib(loop);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        throw new IllegalStateException("GIO resolves names on an event loop of a GLibEventLoopGroup, and this is a "
                + executor.getClass().getName()
                + ": take such a loop, or DefaultAddressResolverGroup.INSTANCE as the resolver");
    }

    /**
     * A resolver of bare names.
     *
     * @param loop calls the listeners of its futures
     * @return a new resolver, which need not be closed
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public InetNameResolver nameResolver(EventLoop loop) {
        return new GioNameResolver(LoopMembers.requireGLib(ObjectUtil.checkNotNull(loop, "loop")), types);
    }

    /**
     * Looks up the addresses of a host, as all look-ups here a {@link GioFuture}, which may be given a deadline.
     *
     * @param loop whose context the look-up is in
     * @param host its name
     * @return one address at least; fails with an {@link java.net.UnknownHostException}
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public GioFuture<List<InetAddress>> lookupByName(EventLoop loop, String host) {
        HostLookup<List<InetAddress>> lookup =
                new HostLookup<>(ObjectUtil.checkNotNull(host, "host"), types, Function.identity());
        return GioOperation.startNative(loop, lookup, lookup);
    }

    /**
     * Looks up the name of an address.
     *
     * @param loop whose context the look-up is in
     * @param address the address
     * @return its name; fails with a {@link org.javagi.base.GErrorException}, as the methods below
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public GioFuture<String> lookupByAddress(EventLoop loop, InetAddress address) {
        AddressLookup lookup = new AddressLookup(ObjectUtil.checkNotNull(address, "address"));
        return GioOperation.startNative(loop, lookup, lookup);
    }

    /**
     * Looks up where a domain has a service, by the SRV records of {@code _service._protocol.domain}.
     *
     * @param loop whose context the look-up is in
     * @param service such as {@code xmpp-client}
     * @param protocol such as {@code tcp}
     * @param domain the domain
     * @return the records in the order to try them in, which chance has a part in (RFC 2782)
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public GioFuture<List<GioSrvRecord>> lookupService(EventLoop loop, String service, String protocol, String domain) {
        ServiceLookup lookup = new ServiceLookup(
                ObjectUtil.checkNotNull(service, "service"),
                ObjectUtil.checkNotNull(protocol, "protocol"),
                ObjectUtil.checkNotNull(domain, "domain"));
        return GioOperation.startNative(loop, lookup, lookup);
    }

    /**
     * Looks up the TXT records of a name.
     *
     * @param loop whose context the look-up is in
     * @param name the name
     * @return the records, in no particular order
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public GioFuture<List<GioTxtRecord>> lookupText(EventLoop loop, String name) {
        return records(loop, name, LibGioResolver.G_RESOLVER_RECORD_TXT, GioTxtRecord::of);
    }

    /**
     * Looks up who takes the mail of a domain, by its MX records.
     *
     * @param loop whose context the look-up is in
     * @param domain the domain
     * @return the records, in no particular order
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public GioFuture<List<GioMxRecord>> lookupMail(EventLoop loop, String domain) {
        return records(loop, domain, LibGioResolver.G_RESOLVER_RECORD_MX, GioMxRecord::of);
    }

    /**
     * Looks up the name servers of a domain, by its NS records.
     *
     * @param loop whose context the look-up is in
     * @param domain the domain
     * @return the names of the servers, in no particular order
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public GioFuture<List<String>> lookupNameServers(EventLoop loop, String domain) {
        return records(loop, domain, LibGioResolver.G_RESOLVER_RECORD_NS, RecordReader::nextString);
    }

    /**
     * Looks up who is in charge of a zone, by its SOA record.
     *
     * @param loop whose context the look-up is in
     * @param zone the zone
     * @return the record
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public GioFuture<List<GioSoaRecord>> lookupAuthority(EventLoop loop, String zone) {
        return records(loop, zone, LibGioResolver.G_RESOLVER_RECORD_SOA, GioSoaRecord::of);
    }

    private static <T> GioFuture<List<T>> records(
            EventLoop loop, String name, int type, Function<RecordReader, T> reader) {
        RecordLookup<T> lookup = new RecordLookup<>(ObjectUtil.checkNotNull(name, "name"), type, reader);
        return GioOperation.startNative(loop, lookup, lookup);
    }
}
