package org.nettyglib.examples.live.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Writes down which thread each kind of work ran on. May be used from any thread. */
public final class ThreadLedger {

    /** A kind of work. */
    public enum Work {
        /** A connection was accepted. */
        ACCEPT("Netty accepts a connection"),
        /** A request was answered. */
        HTTP("Netty HTTP handler"),
        /** A button was pressed. */
        COMMAND("Netty WebSocket handler"),
        /** A frame was written to the viewers. */
        FRAME("GStreamer frame to the viewers"),
        /** A message of the pipeline's bus came. */
        BUS("GStreamer bus watch"),
        /** A timer of Netty's was due. */
        NETTY_TIMER("Netty timer"),
        /** A timeout of GLib's was due. */
        GLIB_TIMEOUT("GLib timeout");

        private final String title;

        Work(String title) {
            this.title = title;
        }
    }

    private record Place(Work work, String thread) {}

    private final Map<Place, LongAdder> places = new ConcurrentHashMap<>();

    /** Creates an empty ledger. */
    public ThreadLedger() {}

    /**
     * Notes that this work runs on the current thread.
     *
     * @param work what is being done
     */
    public void here(Work work) {
        Thread thread = Thread.currentThread();
        places.computeIfAbsent(new Place(work, thread.getName() + " #" + thread.threadId()), place -> new LongAdder())
                .increment();
    }

    /**
     * The names of all threads that anything ran on.
     *
     * @return one name if all is well
     */
    public Set<String> threads() {
        return places.keySet().stream().map(Place::thread).collect(Collectors.toSet());
    }

    /** One row for each kind of work and thread, for {@link Json}. */
    List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Work work : Work.values()) {
            places.forEach((place, times) -> {
                if (place.work() == work) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("work", work.title);
                    row.put("thread", place.thread());
                    row.put("times", times.sum());
                    rows.add(row);
                }
            });
        }
        return rows;
    }
}
