package org.nettyglib.examples.chat;

import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        description = "A chat in a GTK 4 window. It opens a room, or joins another's.")
public final class Chat implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--name", paramLabel = "NAME", description = "Your name (default: ${DEFAULT-VALUE})")
    private String name = System.getProperty("user.name", "Guest");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where the room is opened, on this machine only; 0 for any (default: ${DEFAULT-VALUE})")
    private int port = 7010;

    @Option(names = "--join", paramLabel = "HOST:PORT", description = "Join the room there instead of opening one")
    private @Nullable String room;

    Chat() {}

    /**
     * Shows a window until it is closed.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Chat()).execute(args));
    }

    @Override
    public Integer call() {
        return new ChatApplication(new ChatApplication.Invitation(name, address(), port)).run();
    }

    /** The name is looked up here: that takes a while, and would be in the way of the window later. */
    private @Nullable InetSocketAddress address() {
        if (room == null) {
            return null;
        }
        int colon = room.lastIndexOf(':');
        try {
            return new InetSocketAddress(room.substring(0, colon), Integer.parseInt(room.substring(colon + 1)));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new ParameterException(spec.commandLine(), "--join is no address like localhost:7010: " + room, e);
        }
    }
}
