package org.nettyglib.gio;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nettyglib.channel.GLibDatagramChannel;

/** A small name server on port 53, with a zone of its own. It never answers for names that end with {@link #SILENT}. */
final class NameServer {
    static final String SILENT = ".silent.test.";

    private static final int PORT = 53;
    private static final int TTL_SECONDS = 60;

    /** By name and type. */
    private final Map<String, Map<DnsRecordType, List<ByteBuf>>> zone = new HashMap<>();

    private void add(String name, DnsRecordType type, ByteBuf content) {
        zone.computeIfAbsent(name + '.', added -> new HashMap<>())
                .computeIfAbsent(type, added -> new ArrayList<>())
                .add(content);
    }

    NameServer address(String name, String literal) {
        InetAddress address = InetAddress.ofLiteral(literal);
        byte[] bytes = address.getAddress();
        add(name, bytes.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA, Unpooled.wrappedBuffer(bytes));
        return this;
    }

    /** @param reversed the bytes of the address, the last one first */
    NameServer reverse(String reversed, String name) {
        add(reversed + ".in-addr.arpa", DnsRecordType.PTR, encoded(Unpooled.buffer(), name));
        return this;
    }

    NameServer service(String name, int priority, int weight, int port, String host) {
        ByteBuf content =
                Unpooled.buffer().writeShort(priority).writeShort(weight).writeShort(port);
        add(name, DnsRecordType.SRV, encoded(content, host));
        return this;
    }

    NameServer mail(String name, int preference, String host) {
        add(name, DnsRecordType.MX, encoded(Unpooled.buffer().writeShort(preference), host));
        return this;
    }

    NameServer nameServer(String name, String host) {
        add(name, DnsRecordType.NS, encoded(Unpooled.buffer(), host));
        return this;
    }

    NameServer text(String name, String... strings) {
        return text(name, StandardCharsets.UTF_8, strings);
    }

    NameServer text(String name, Charset charset, String... strings) {
        ByteBuf content = Unpooled.buffer();
        for (String string : strings) {
            byte[] bytes = string.getBytes(charset);
            content.writeByte(bytes.length).writeBytes(bytes);
        }
        add(name, DnsRecordType.TXT, content);
        return this;
    }

    NameServer authority(String name, String server, String mailbox, long... numbers) {
        ByteBuf content = encoded(encoded(Unpooled.buffer(), server), mailbox);
        for (long number : numbers) {
            content.writeInt((int) number);
        }
        add(name, DnsRecordType.SOA, content);
        return this;
    }

    /** A domain name as RFC 1035 has it. */
    private static ByteBuf encoded(ByteBuf to, String name) {
        for (String label : name.split("\\.", -1)) {
            to.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
        }
        return to.writeByte(0);
    }

    Channel start(EventLoopGroup group) {
        return new Bootstrap()
                .group(group)
                .channel(GLibDatagramChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new DatagramDnsQueryDecoder(),
                                        new DatagramDnsResponseEncoder(),
                                        new Answerer());
                    }
                })
                .bind("127.0.0.1", PORT)
                .syncUninterruptibly()
                .channel();
    }

    private final class Answerer extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            String name = question.name().toLowerCase(Locale.ROOT);
            if (name.endsWith(SILENT)) {
                return;
            }
            DatagramDnsResponse response = new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
            response.setRecursionAvailable(true);
            response.addRecord(DnsSection.QUESTION, question);
            Map<DnsRecordType, List<ByteBuf>> known = zone.get(name);
            if (known == null) {
                response.setCode(DnsResponseCode.NXDOMAIN);
            } else {
                known.getOrDefault(question.type(), List.of())
                        .forEach(content -> response.addRecord(
                                DnsSection.ANSWER,
                                new DefaultDnsRawRecord(
                                        question.name(), question.type(), TTL_SECONDS, content.retainedDuplicate())));
            }
            context.writeAndFlush(response);
        }
    }
}
