package org.nettyglib.channel;

/**
 * A user event of {@link GLibDatagramChannel} and {@link GLibDomainDatagramChannel}: the packet that is read next was
 * longer than its buffer, and the rest of it is lost. A larger {@link io.netty.channel.RecvByteBufAllocator} prevents
 * it, or a larger {@link GLibChannelOption#MAX_DATAGRAM_PAYLOAD_SIZE} where that is used.
 *
 * @param sentBytes how long the datagram was
 * @param receivedBytes how much of it the packet has
 */
public record GLibTruncatedDatagram(int sentBytes, int receivedBytes) {}
