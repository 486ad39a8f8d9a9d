package org.nettyglib.benchmarks;

import org.nettyglib.benchmarks.process.BenchmarkException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The benchmarks as one command. The exit status is 0 only if every run went well. */
@Command(
        name = "script/bench",
        synopsisSubcommandLabel = "NAME",
        description = "Measures this transport beside Netty's own ones and beside GLib programs in C.",
        subcommands = {
            EchoCommand.class,
            UnixCommand.class,
            UdpCommand.class,
            FileCommand.class,
            HttpCommand.class,
            LoopCommand.class,
            TimerCommand.class,
            IdleCommand.class,
            HandoverCommand.class,
            UiCommand.class,
            GioCommand.class,
            MediaCommand.class
        })
public final class Bench {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("unused") // picocli acts on it by itself
    private boolean help;

    private Bench() {}

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Bench());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (!(exception instanceof BenchmarkException)) {
                throw exception;
            }
            command.getErr().println(command.getCommandName() + " failed: " + exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(commandLine.execute(args));
    }
}
