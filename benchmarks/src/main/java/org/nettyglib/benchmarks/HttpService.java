package org.nettyglib.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.nettyglib.benchmarks.process.BenchmarkException;
import org.nettyglib.benchmarks.process.Load;
import org.nettyglib.benchmarks.process.ServerProcess;
import org.nettyglib.benchmarks.process.Toolbox;
import org.nettyglib.benchmarks.process.WrkLoad;
import org.nettyglib.benchmarks.server.BenchServer;
import org.nettyglib.benchmarks.server.HelloServer;

/**
 * The HTTP hello world.
 *
 * @param wrkReport the Lua script for wrk
 */
record HttpService(Toolbox tools, Path wrkReport) implements Service<HttpPoint> {

    private static final HttpPoint WARM_UP = new HttpPoint(32);

    @Override
    public Class<?> nettyMain() {
        return HelloServer.class;
    }

    @Override
    public List<String> serverArguments(HttpPoint point) {
        return List.of(BenchServer.TCP);
    }

    @Override
    public HttpPoint warmUpPoint(HttpPoint point) {
        return WARM_UP;
    }

    @Override
    public Load open(ServerProcess server, HttpPoint point) {
        checkAnswer(server);
        return new WrkLoad(server, point.connections(), wrkReport, tools);
    }

    /** wrk looks at the status alone. */
    private static void checkAnswer(ServerProcess server) {
        URI uri = URI.create("http://127.0.0.1:" + server.address() + "/");
        try (InputStream body = uri.toURL().openStream()) {
            String content = new String(body.readAllBytes(), US_ASCII);
            if (!content.equals(HelloServer.CONTENT)) {
                throw new BenchmarkException(server.title() + " answers '" + content + "'");
            }
        } catch (IOException e) {
            throw new BenchmarkException(server.title() + " does not answer: " + e.getMessage(), e);
        }
    }
}
