package org.nettyglib.examples.chat;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.gnome.gtk.Align;
import org.gnome.gtk.Box;
import org.gnome.gtk.Label;
import org.gnome.gtk.ListBoxRow;
import org.gnome.gtk.Orientation;
import org.gnome.gtk.Widget;
import org.gnome.pango.WrapMode;

/** Makes the rows of the conversation: what was said stands in a bubble, one's own on the right. */
final class MessageRow {

    /** As many as there are classes in {@code chat.css}. */
    private static final int COLOURS = 6;

    private static final int WIDEST_TEXT = 38;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());

    private MessageRow() {}

    /**
     * A bubble.
     *
     * @param own whether it is on this side of the conversation
     * @param goesOn whether the one before is the same person's, who need not be named again
     */
    static ListBoxRow of(Note.Said said, boolean own, boolean goesOn) {
        Box bubble = new Box(Orientation.VERTICAL, 2);
        bubble.addCssClass("bubble");
        if (!own && !goesOn) {
            bubble.append(label(said.name(), "author", colour(said.name())));
        }
        bubble.append(text(said));

        Box line = new Box(Orientation.HORIZONTAL, 8);
        line.setHalign(own ? Align.END : Align.START);
        if (own) {
            bubble.addCssClass("own");
        } else {
            line.append(goesOn ? label("", "no-avatar") : avatar(said.name()));
        }
        line.append(bubble);
        return row(line, goesOn ? "goes-on" : "begins");
    }

    /** What has happened, in the middle. */
    static ListBoxRow of(Note.News news) {
        Label label = label(news.text(), "news", "caption");
        label.setHalign(Align.CENTER);
        return row(label, "begins");
    }

    /** The name of somebody who is here. */
    static Widget badge(String name) {
        return label(name, "badge", colour(name));
    }

    private static Widget text(Note.Said said) {
        Label text = label(said.text(), "text");
        text.setWrap(true);
        text.setWrapMode(WrapMode.WORD_CHAR);
        text.setMaxWidthChars(WIDEST_TEXT);
        text.setHexpand(true);

        Label time = label(TIME.format(said.at()), "time", "numeric");
        time.setValign(Align.END);

        Box both = new Box(Orientation.HORIZONTAL, 10);
        both.append(text);
        both.append(time);
        return both;
    }

    private static Widget avatar(String name) {
        Label avatar = label(name.substring(0, name.offsetByCodePoints(0, 1)), "avatar", colour(name));
        avatar.setXalign(0.5f);
        avatar.setValign(Align.START);
        return avatar;
    }

    private static ListBoxRow row(Widget content, String cssClass) {
        ListBoxRow row = new ListBoxRow();
        row.setChild(content);
        row.setActivatable(false);
        row.setSelectable(false);
        row.addCssClass(cssClass);
        return row;
    }

    private static Label label(String text, String... cssClasses) {
        Label label = new Label(text);
        label.setXalign(0);
        for (String cssClass : cssClasses) {
            label.addCssClass(cssClass);
        }
        return label;
    }

    private static String colour(String name) {
        return "colour-" + Math.floorMod(name.hashCode(), COLOURS);
    }
}
