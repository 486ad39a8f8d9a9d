package org.nettyglib.benchmarks;

import java.nio.file.Path;
import org.nettyglib.benchmarks.process.Toolbox;
import picocli.CommandLine.Option;

/** Where things are and run; options that most commands have. */
final class Setting {

    @Option(
            names = "--peers",
            paramLabel = "DIR",
            defaultValue = "benchmarks/target/peers",
            description = "Folder of the compiled C programs (default: ${DEFAULT-VALUE}).")
    Path peers = Path.of("");

    @Option(
            names = "--server-core",
            paramLabel = "N",
            defaultValue = "0",
            description = "Core of the servers (default: ${DEFAULT-VALUE}).")
    int serverCore;

    @Option(
            names = "--load-core",
            paramLabel = "N",
            defaultValue = "1",
            description = "Core of the load (default: ${DEFAULT-VALUE}).")
    int loadCore;

    Toolbox toolbox() {
        return new Toolbox(peers, Integer.toString(serverCore), loadCore);
    }
}
