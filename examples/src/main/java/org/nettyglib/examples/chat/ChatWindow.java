package org.nettyglib.examples.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.gnome.gtk.Adjustment;
import org.gnome.gtk.Align;
import org.gnome.gtk.Application;
import org.gnome.gtk.ApplicationWindow;
import org.gnome.gtk.Box;
import org.gnome.gtk.Button;
import org.gnome.gtk.Entry;
import org.gnome.gtk.HeaderBar;
import org.gnome.gtk.Label;
import org.gnome.gtk.ListBox;
import org.gnome.gtk.Orientation;
import org.gnome.gtk.PolicyType;
import org.gnome.gtk.ScrolledWindow;
import org.gnome.gtk.SelectionMode;
import org.gnome.gtk.Widget;
import org.gnome.gtk.Window;
import org.jspecify.annotations.Nullable;

/** The window: the conversation, who is here, and a line to say something. Netty's handlers call it, in its own thread. */
final class ChatWindow implements Conversation {

    private final Executor later;
    private final ApplicationWindow window;
    private final Label subtitle = new Label("");
    private final Box people = new Box(Orientation.HORIZONTAL, 6);
    private final Label status = new Label("");
    private final ListBox messages = new ListBox();
    private final Entry entry = new Entry();
    private final Button send = Button.withLabel("Send");

    private final List<Widget> badges = new ArrayList<>();
    private @Nullable String name;
    private @Nullable String lastAuthor;

    /**
     * An empty window that waits for {@link #entered()}.
     *
     * @param later runs what GTK must not be asked to do inside of a callback
     */
    ChatWindow(Application application, Executor later) {
        this.later = later;
        ChatStyle.load();
        window = new ApplicationWindow(application);
        window.setTitle("Chat");
        window.setDefaultSize(520, 640);
        window.setTitlebar(header());
        window.setChild(content());
        canSay(false);
    }

    void present(String where) {
        subtitle.setLabel(where);
        window.present();
    }

    Window widget() {
        return window;
    }

    /** Gives this what is to be said. */
    void onSay(Consumer<String> mouth) {
        entry.onActivate(() -> say(mouth));
        send.onClicked(() -> say(mouth));
    }

    /** Calls this when the window is about to close. */
    void onClose(Runnable goodbye) {
        window.onCloseRequest(() -> {
            goodbye.run();
            return false;
        });
    }

    @Override
    public void entered() {
        canSay(true);
        entry.grabFocus();
    }

    @Override
    public void told(Note note) {
        switch (note) {
            case Note.You you -> name = you.name();
            case Note.Said said -> {
                messages.append(MessageRow.of(
                        said, said.name().equals(name), said.name().equals(lastAuthor)));
                lastAuthor = said.name();
            }
            case Note.News news -> {
                messages.append(MessageRow.of(news));
                lastAuthor = null;
            }
            case Note.Present present -> show(present);
        }
    }

    @Override
    public void ended(String why) {
        canSay(false);
        told(new Note.News(why));
        show(new Note.Present(List.of()));
        status.setLabel("Not connected");
    }

    private void show(Note.Present present) {
        badges.forEach(people::remove);
        badges.clear();
        for (String one : present.names()) {
            Widget badge = MessageRow.badge(one);
            badges.add(badge);
            people.append(badge);
        }
        status.setLabel(present.names().size() + " connected, one thread: "
                + Thread.currentThread().getName());
    }

    private void say(Consumer<String> mouth) {
        String text = entry.getText();
        if (!text.isBlank()) {
            entry.setText("");
            mouth.accept(text);
        }
    }

    private void canSay(boolean can) {
        entry.setSensitive(can);
        send.setSensitive(can);
    }

    private HeaderBar header() {
        Label title = new Label("Chat");
        title.addCssClass("title");
        subtitle.addCssClass("subtitle");
        Box both = new Box(Orientation.VERTICAL, 0);
        both.setValign(Align.CENTER);
        both.append(title);
        both.append(subtitle);
        HeaderBar header = new HeaderBar();
        header.setTitleWidget(both);
        return header;
    }

    private Widget content() {
        Box content = new Box(Orientation.VERTICAL, 0);
        content.append(statusLine());
        content.append(conversation());
        content.append(inputLine());
        return content;
    }

    private Widget statusLine() {
        status.setHexpand(true);
        status.setXalign(1);
        status.addCssClass("dim-label");
        Box line = new Box(Orientation.HORIZONTAL, 12);
        line.addCssClass("status");
        line.append(people);
        line.append(status);
        return line;
    }

    private Widget conversation() {
        messages.setSelectionMode(SelectionMode.NONE);
        messages.addCssClass("conversation");
        messages.setValign(Align.END);
        ScrolledWindow scrolled = new ScrolledWindow();
        scrolled.setPolicy(PolicyType.NEVER, PolicyType.AUTOMATIC);
        scrolled.setVexpand(true);
        scrolled.setChild(messages);
        Adjustment position = scrolled.getVadjustment();
        // The newest stays in sight; not at once, because this happens in the middle of GTK's layout.
        position.onChanged(() -> later.execute(() -> position.setValue(position.getUpper())));
        return scrolled;
    }

    private Widget inputLine() {
        entry.setHexpand(true);
        entry.setPlaceholderText("Say something");
        send.addCssClass("suggested-action");
        Box line = new Box(Orientation.HORIZONTAL, 8);
        line.addCssClass("input");
        line.append(entry);
        line.append(send);
        return line;
    }
}
