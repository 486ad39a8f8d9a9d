package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.internal.ObjectUtil;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RTP between a pipeline and a datagram channel, in place of {@code udpsink} and {@code udpsrc}: a buffer of the pipeline is a
 * datagram. Packets are not changed and not copied, so sequence numbers and timestamps are those of the payloader.
 *
 * <p><b>Out.</b> A payloader before an appsink, which keeps the time with {@code sync=true}, as it does by default:
 *
 * <pre>{@code
 * GstPipeline pipeline = GstPipeline.parse(loop, "videotestsrc is-live=true ! vp8enc deadline=1 ! rtpvp8pay ! appsink name=rtp");
 * AppSinkSource source = AppSinkSource.builder(pipeline, "rtp").encoder(RtpDatagrams.to(recipient)).build();
 * source.add(datagramChannel);
 * }</pre>
 *
 * <p><b>In.</b> An {@link AppSrcHandler} in the datagram channel, a jitter buffer behind the appsrc. The packets get the time of their arrival:
 *
 * <pre>{@code
 * GstPipeline pipeline = GstPipeline.parse(loop, "appsrc name=rtp ! rtpjitterbuffer ! rtpvp8depay ! vp8dec ! autovideosink");
 * AppSrcHandler handler = AppSrcHandler.builder(pipeline, "rtp")
 *         .caps(RtpDatagrams.caps("video", "VP8", 96, 90_000)).liveTimestamps().keepOpen(true).build();
 * new Bootstrap().channel(GLibDatagramChannel.class).handler(handler) …
 * }</pre>
 *
 * <p>The appsrc gets the packets of all senders. A handler in front can look at {@link DatagramPacket#sender()} and leave out those that
 * are not meant. While the pipeline has enough the channel does not read, and the kernel drops what does not fit into the socket's
 * buffer ({@code SO_RCVBUF}).
 *
 * <p><b>RTCP.</b> {@code rtpbin} has pads for it, and it needs a datagram channel of its own, to which both ends are added: reports
 * arrive by an appsrc and leave by an appsink that does not wait.
 *
 * <pre>{@code
 * rtpbin name=bin
 * videotestsrc is-live=true ! vp8enc deadline=1 ! rtpvp8pay ! bin.send_rtp_sink_0
 * bin.send_rtp_src_0 ! appsink name=rtp
 * bin.send_rtcp_src_0 ! appsink name=rtcp-out sync=false async=false
 * appsrc name=rtcp-in caps=application/x-rtcp ! bin.recv_rtcp_sink_0
 * }</pre>
 */
public final class RtpDatagrams {
    private RtpDatagrams() {}

    /**
     * Every packet to one address.
     *
     * @param recipient who gets the packets
     * @return for {@link AppSinkSource.Builder#encoder}
     */
    public static FrameEncoder to(InetSocketAddress recipient) {
        return to(Set.of(ObjectUtil.checkNotNull(recipient, "recipient")));
    }

    /**
     * Every packet to several addresses, by one channel.
     *
     * @param recipients who gets the packets. It is looked at for each packet, on the channel's loop; if it is to change meanwhile it has to be
     *     good for that, as {@code ConcurrentHashMap.newKeySet()} is
     * @return for {@link AppSinkSource.Builder#encoder}
     */
    public static FrameEncoder to(Collection<InetSocketAddress> recipients) {
        ObjectUtil.checkNotNull(recipients, "recipients");
        return (viewer, frame) -> encode(viewer, frame.content(), recipients.iterator());
    }

    /** The last one is written by the source, which then flushes all of them. */
    private static @Nullable Object encode(Channel viewer, ByteBuf content, Iterator<InetSocketAddress> recipients) {
        if (!recipients.hasNext()) {
            return null;
        }
        InetSocketAddress recipient = recipients.next();
        while (recipients.hasNext()) {
            viewer.write(new DatagramPacket(content.retainedDuplicate(), recipient));
            recipient = recipients.next();
        }
        return new DatagramPacket(content.retainedDuplicate(), recipient);
    }

    /**
     * The caps of an RTP stream, as its receiver has to know them.
     *
     * @param media {@code audio}, {@code video} or {@code application}
     * @param encodingName as in SDP, for example {@code VP8}
     * @param payloadType 0 to 127
     * @param clockRate in Hz, 90000 for video
     * @return for {@link AppSrcHandler.Builder#caps}
     * @see <a href="https://www.iana.org/assignments/rtp-parameters">the registered encodings</a>
     */
    public static String caps(String media, String encodingName, int payloadType, int clockRate) {
        ObjectUtil.checkInRange(payloadType, 0, 127, "payloadType");
        ObjectUtil.checkPositive(clockRate, "clockRate");
        return String.format(
                Locale.ROOT,
                "application/x-rtp,media=(string)%s,encoding-name=(string)%s,payload=(int)%d,clock-rate=(int)%d",
                ObjectUtil.checkNonEmpty(media, "media"),
                ObjectUtil.checkNonEmpty(encodingName, "encodingName"),
                payloadType,
                clockRate);
    }
}
