package org.nettyglib.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "udp",
        description = {
            "Datagram echo: packets per CPU second, throughput and latency, each server on one core.",
            "Each packet by itself, and many with one system call."
        })
final class UdpCommand extends LoadCommand<UdpPoint> {

    @Option(
            names = "--points",
            split = ",",
            paramLabel = "HOW:BYTESxN",
            converter = Converters.Packets.class,
            description = {
                "How, the bytes of a packet, and how many are under way, such as batched:64x128,one-by-one:1200x16",
                "(default: both, 64x1, 64x16, 64x128 and 1200x128)."
            })
    private @Nullable List<UdpPoint> points;

    UdpCommand() {
        super(Unit.PACKET, Contender.UDP);
    }

    @Override
    List<UdpPoint> points(boolean quick) {
        return points != null ? points : quick ? UdpPoint.QUICK : UdpPoint.ALL;
    }

    @Override
    Service<UdpPoint> service(Toolbox tools, Scratch scratch, boolean quick) {
        return new UdpService(tools);
    }
}
