package org.nettyglib.benchmarks.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the programs are and on which cores they run.
 *
 * @param peers the folder of the compiled C programs
 * @param serverCores the cores of every server, as taskset(1) lists them; most commands give them one
 * @param loadCore the core of every load
 */
public record Toolbox(Path peers, String serverCores, int loadCore) {

    /**
     * The flags of every server on the JVM. The serial collector, as anything else would work on the server's one core beside
     * the loop; a fixed heap, so that none grows while it is measured.
     */
    public static final List<String> JVM_FLAGS = List.of(
            "-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED");

    /** The same with servers that may use every core of the machine. */
    public Toolbox withServersOnAllCores() {
        return new Toolbox(peers, "0-" + (Runtime.getRuntime().availableProcessors() - 1), loadCore);
    }

    List<String> java(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    String peer(String name) {
        Path program = peers.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new BenchmarkException(program + " is missing: run `make -C benchmarks/peers`");
        }
        return program.toString();
    }

    ProcessBuilder onServerCores(List<String> command) {
        return pinned(serverCores, command);
    }

    ProcessBuilder onLoadCore(List<String> command) {
        return pinned(Integer.toString(loadCore), command);
    }

    /** taskset replaces itself with the command, so the process has the command's own id. */
    private static ProcessBuilder pinned(String cores, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("taskset", "-c", cores));
        whole.addAll(command);
        return new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
