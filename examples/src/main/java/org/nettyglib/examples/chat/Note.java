package org.nettyglib.examples.chat;

import java.time.Instant;
import java.util.List;

/** What the room tells its guests, each in a text frame of its own: a word that says what it is, and its parts, after tabs. */
sealed interface Note {

    /** The name of the guest who is told this, which may not be the one it wanted. */
    record You(String name) implements Note {}

    /** Somebody has said something. */
    record Said(Instant at, String name, String text) implements Note {}

    /** Something has happened in the room. */
    record News(String text) implements Note {}

    /** Who is here now, in the order in which they came. */
    record Present(List<String> names) implements Note {}

    /** {@return the text of the frame} */
    default String encode() {
        return switch (this) {
            case You you -> "you\t" + you.name();
            case Said said -> String.join("\t", "said", said.at().toString(), said.name(), said.text());
            case News news -> "news\t" + news.text();
            case Present present -> "present\t" + String.join("\t", present.names());
        };
    }

    /**
     * Reads the text of a frame.
     *
     * @throws IllegalArgumentException if that is no note
     */
    static Note decode(String frame) {
        int tab = frame.indexOf('\t');
        String parts = frame.substring(tab + 1);
        return switch (tab < 0 ? "" : frame.substring(0, tab)) {
            case "you" -> new You(parts);
            case "said" -> said(parts.split("\t", 3));
            case "news" -> new News(parts);
            case "present" -> new Present(List.of(parts.split("\t")));
            default -> throw new IllegalArgumentException("This is no note of a chat room: " + frame);
        };
    }

    private static Said said(String[] parts) {
        if (parts.length < 3) {
            throw new IllegalArgumentException("Something was said without a time or a name");
        }
        return new Said(Instant.parse(parts[0]), parts[1], parts[2]);
    }
}
