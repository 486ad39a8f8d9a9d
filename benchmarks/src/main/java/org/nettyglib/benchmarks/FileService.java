package org.nettyglib.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.LoadProcess;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.ServerStalledException;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.server.BenchServer;
import org.nettyglib.benchmarks.server.FileServer;

/**
 * One large file, sent again and again.
 *
 * @param file what is sent
 * @param mebibytes its length
 * @param folder for Unix sockets
 */
record FileService(Toolbox tools, Path file, int mebibytes, Path folder) implements Service<FilePoint> {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public Class<?> nettyMain() {
        return FileServer.class;
    }

    @Override
    public List<String> serverArguments(FilePoint point) {
        String where = switch (point.over()) {
            case TCP -> BenchServer.TCP;
            case UNIX -> folder.toString();
        };
        return List.of(where, file.toString());
    }

    @Override
    public FilePoint warmUpPoint(FilePoint point) {
        return point;
    }

    @Override
    public Load open(ServerProcess server, FilePoint point) throws ServerStalledException {
        List<String> arguments = List.of("--mebibytes", Integer.toString(mebibytes));
        return LoadProcess.open("file-load", arguments, server, OPEN_TIMEOUT, tools);
    }
}
