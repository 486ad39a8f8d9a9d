package org.nettyglib.examples.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gnome.gtk.Button;
import org.gnome.gtk.Entry;
import org.gnome.gtk.Label;
import org.gnome.gtk.Widget;
import org.gnome.gtk.Window;

/** The chat, in which a test sits in front of the window: it types what it reads from the standard input, and says what is shown. */
final class DrivenChat {

    private final ChatApplication chat;

    private DrivenChat(ChatApplication chat) {
        this.chat = chat;
    }

    /** Arguments: the name, {@code host} or {@code join}, and the port. */
    public static void main(String[] args) {
        int port = args.length < 3 ? 0 : Integer.parseInt(args[2]);
        InetSocketAddress room = args[1].equals("join") ? new InetSocketAddress("127.0.0.1", port) : null;
        ChatApplication chat = new ChatApplication(new ChatApplication.Invitation(args[0], room, port));
        Thread.ofPlatform().daemon().start(new DrivenChat(chat)::obey);
        int status = chat.run();
        System.out.println("status " + status);
        System.exit(status);
    }

    private void obey() {
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String command = line;
                chat.loop().execute(() -> obey(command));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** In GTK's thread. */
    private void obey(String command) {
        ChatWindow shown = chat.window();
        if (shown == null) {
            System.out.println("shown nothing yet");
            return;
        }
        try {
            Window window = shown.widget();
            if (command.startsWith("type ")) {
                all(window, Entry.class).getFirst().setText(command.substring(5));
            } else if (command.equals("enter")) {
                all(window, Entry.class).getFirst().emitActivate();
            } else if (command.equals("click")) {
                all(window, Button.class).stream()
                        .filter(button -> "Send".equals(button.getLabel()))
                        .forEach(Button::emitClicked);
            } else if (command.equals("close")) {
                window.close();
            } else if (command.equals("show")) {
                System.out.println("shown "
                        + all(window, Label.class).stream().map(Label::getText).collect(Collectors.joining(" | ")));
            } else {
                System.out.println("unknown " + command);
            }
        } catch (Throwable e) {
            System.out.println("failed " + e);
        }
    }

    private static <T extends Widget> List<T> all(Widget widget, Class<T> kind) {
        List<T> found = new ArrayList<>();
        if (kind.isInstance(widget)) {
            found.add(kind.cast(widget));
        }
        for (Widget child = widget.getFirstChild(); child != null; child = child.getNextSibling()) {
            found.addAll(all(child, kind));
        }
        return found;
    }
}
