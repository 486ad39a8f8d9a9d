package org.nettyglib.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Scratch;
import org.nettyglib.benchmarks.process.TestFile;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.report.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "file",
        description = {
            "A file of 1 GiB as a file region: MiB per CPU second, throughput and the time of a whole file.",
            "Over TCP and over a Unix socket; the file is in the folder for temporary files and is deleted at the end."
        })
final class FileCommand extends LoadCommand<FilePoint> {

    @Option(
            names = "--mebibytes",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Length of the file in MiB (default: ${DEFAULT-VALUE}).")
    private int mebibytes;

    @Option(names = "--over", split = ",", paramLabel = "KIND", description = "tcp, unix (default: both).")
    private List<FilePoint.Connection> over = List.of(FilePoint.Connection.values());

    FileCommand() {
        super(Unit.MEBIBYTE, Contender.FILE);
    }

    @Override
    List<FilePoint> points(boolean quick) {
        return over.stream().map(FilePoint::new).toList();
    }

    @Override
    Service<FilePoint> service(Toolbox tools, Scratch scratch, boolean quick) {
        Path file = scratch.folder().resolve("file");
        TestFile.write(file, mebibytes);
        return new FileService(tools, file, mebibytes, scratch.folder());
    }

    /** Shorter than elsewhere: the kernel does the work, and each window is at least a whole file long. */
    @Override
    WarmUp warmUp(boolean quick) {
        return quick ? new WarmUp(2, 4) : new WarmUp(5, 20);
    }
}
