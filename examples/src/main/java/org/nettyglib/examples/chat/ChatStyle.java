package org.nettyglib.examples.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.gnome.gdk.Display;
import org.gnome.gtk.CssProvider;
import org.gnome.gtk.Gtk;

/** What the widgets look like: {@code chat.css}, on top of the theme and in its colours. */
final class ChatStyle {

    private ChatStyle() {}

    /** Applies it to all windows of the program. */
    @SuppressWarnings("deprecation") // what GTK has instead is new in 4.12
    static void load() {
        Display display = Display.getDefault();
        if (display != null) {
            CssProvider css = new CssProvider();
            css.loadFromData(text(), -1);
            Gtk.styleContextAddProviderForDisplay(display, css, Gtk.STYLE_PROVIDER_PRIORITY_APPLICATION);
        }
    }

    private static String text() {
        try (InputStream css = ChatStyle.class.getResourceAsStream("/chat/chat.css")) {
            if (css == null) {
                throw new IllegalStateException("chat.css is not on the class path");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
