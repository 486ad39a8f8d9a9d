package org.nettyglib.benchmarks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nettyglib.benchmarks.server.UiServer;

/**
 * Where Netty and a window run, and how Netty holds itself back.
 *
 * @param title its row in the tables
 * @param attached whether Netty is a guest in the main loop, and has no thread of its own
 * @param arguments what a {@link UiServer} is told beside its transport
 * @param flooded whether there is any load
 */
record UiSetting(String title, boolean attached, List<String> arguments, boolean flooded) {

    /** The same flood where no window has to be drawn. */
    static final UiSetting WITHOUT_WINDOW =
            new UiSetting("no window, plain GMainLoop", true, List.of(UiServer.BARE, "0", "0"), true);

    /** The same window where nothing else is to be done. */
    static final UiSetting WITHOUT_FLOOD = new UiSetting("window, no flood", true, List.of(UiServer.WINDOW), false);

    /** What a program gets that says nothing. */
    static final UiSetting DEFAULTS =
            new UiSetting("window, attached with the defaults", true, List.of(UiServer.WINDOW), true);

    /** What users do today. */
    static final UiSetting OWN_THREAD =
            new UiSetting("window, Netty epoll on its own thread", false, List.of(UiServer.WINDOW), true);

    static final List<UiSetting> QUICK = List.of(attached(0, 0), attached(0, 4));

    static final List<UiSetting> ALL = List.of(
            attached(0, 0),
            attached(0, 1),
            attached(0, 2),
            attached(0, 4),
            attached(0, 8),
            attached(150, 0),
            attached(150, 4));

    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,6}):(\\d{1,4})");

    /**
     * Attached to the main loop of the window.
     *
     * @param priority as GLib counts
     * @param budgetMillis zero for no budget
     */
    static UiSetting attached(int priority, int budgetMillis) {
        return new UiSetting(
                "window, priority " + priority + (budgetMillis == 0 ? ", no budget" : ", " + budgetMillis + " ms"),
                true,
                List.of(UiServer.WINDOW, Integer.toString(priority), Integer.toString(budgetMillis)),
                true);
    }

    /** Reads {@code PRIORITY:MILLIS}, such as 0:4. */
    static UiSetting parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not PRIORITY:MILLIS, such as 0:4");
        }
        return attached(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** These settings between what they are compared with. */
    static List<UiSetting> withYardsticks(List<UiSetting> settings) {
        return Stream.of(List.of(WITHOUT_WINDOW, WITHOUT_FLOOD), settings, List.of(DEFAULTS, OWN_THREAD))
                .flatMap(List::stream)
                .toList();
    }

    boolean hasWindow() {
        return arguments.contains(UiServer.WINDOW);
    }
}
