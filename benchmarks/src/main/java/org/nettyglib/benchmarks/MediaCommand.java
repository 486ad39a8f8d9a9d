package org.nettyglib.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Report;
import org.nettyglib.benchmarks.report.Results;
import org.nettyglib.benchmarks.report.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "media",
        description = {
            "One stream of a GStreamer pipeline to many clients over TCP: bytes per CPU second",
            "from an appsink through Netty, beside GStreamer's own tcpserversink and multifdsink."
        })
final class MediaCommand extends LoadCommand<MediaPoint> {

    private static final int MEBIBYTE = 1 << 20;

    /** The element does the same work, without a JVM. */
    private static final double MOST_OF_C = 1.0;

    @Option(
            names = "--streams",
            split = ",",
            paramLabel = "ID",
            converter = Converters.MediaStream.class,
            description = "video, ts (default: both; quick: video).")
    private @Nullable List<MediaPoint.Stream> streams;

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            description = "Only the points with so many: 1, 16, 256 (default: all).")
    private @Nullable List<Integer> clients;

    MediaCommand() {
        super(Unit.FRAME, Contender.MEDIA);
    }

    @Override
    List<MediaPoint> points(boolean quick) {
        List<MediaPoint.Stream> chosen = streams != null
                ? streams
                : quick ? List.of(MediaPoint.Stream.VIDEO) : List.of(MediaPoint.Stream.values());
        return MediaPoint.ALL.stream()
                .filter(point -> chosen.contains(point.stream()))
                .filter(point -> clients == null || clients.contains(point.clients()))
                .filter(point -> !quick || point.isBusy())
                .toList();
    }

    /** A live stream sets the pace, so with one client it takes a while until there is something to compare. */
    @Override
    double defaultSeconds(boolean quick) {
        return quick ? 1 : 3;
    }

    @Override
    WarmUp warmUp(boolean quick) {
        return quick ? new WarmUp(2, 4) : new WarmUp(10, 30);
    }

    @Override
    Service<MediaPoint> service(Toolbox tools, Scratch scratch, boolean quick) {
        return new MediaService(tools);
    }

    @Override
    Report<MediaPoint> report(Results<MediaPoint> results) {
        return super.report(results)
                .comparedWith(Contender.TCP_SERVER_SINK)
                .withLatencyTitle("Time between two frames of a client in µs")
                .with("MiB per CPU second", MediaCommand::mebibytesPerCpuSecond);
    }

    private static double mebibytesPerCpuSecond(MediaPoint point, Sample sample) {
        return sample.messagesPerCpuSecond() * point.stream().frameBytes() / MEBIBYTE;
    }

    @Override
    Goals<MediaPoint> goals(Results<MediaPoint> results) {
        return new Goals<>(results, Unit.FRAME)
                .where(MediaPoint::isBusy)
                .upTo(Contender.TCP_SERVER_SINK, MOST_OF_C)
                .upTo(Contender.MULTI_FD_SINK, MOST_OF_C);
    }
}
