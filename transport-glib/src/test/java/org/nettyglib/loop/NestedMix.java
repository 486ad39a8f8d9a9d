package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gnome.glib.GLib;
import org.nettyglib.loop.LoopFixture.Client;

/**
 * Nested main loops, each run from another kind of code.
 *
 * @param places what runs them, the outermost first
 */
record NestedMix(List<Place> places) {
    /** What may run a nested main loop. */
    enum Place {
        HANDLER,
        TASK,
        TIMEOUT,
        IDLE;

        private boolean isNettys() {
            return this == HANDLER || this == TASK;
        }
    }

    static Stream<NestedMix> threeDeep() {
        return Arrays.stream(Place.values())
                .flatMap(first -> Arrays.stream(Place.values())
                        .flatMap(second -> Arrays.stream(Place.values())
                                .map(third -> new NestedMix(List.of(first, second, third)))));
    }

    /** Enters all of them, leaves them again, and sees at each depth that everything goes on. */
    void assertGoesOnAtEachDepth(LoopFixture fixture, Runnable aside) throws Exception {
        Nesting nesting = new Nesting(fixture, aside);
        Client other = fixture.connect(nesting.server());
        List<Client> nested = new ArrayList<>();

        for (int depth = 1; depth <= places.size(); depth++) {
            enter(places.get(depth - 1), fixture, nesting, nested);
            nesting.awaitDepth(depth);
            assertGoesOn(fixture, nesting, other, depth);
        }
        assertThat(nested).noneMatch(Client::hasReceived);
        for (int depth = places.size() - 1; depth >= 0; depth--) {
            nesting.quitInnermost();
            assertGoesOn(fixture, nesting, other, depth);
        }

        assertThat(nesting.left()).isEqualTo(places.size());
        for (Client client : nested) {
            assertThat(client.receive()).isEqualTo(Nesting.WORD);
        }
        // Whatever had been told twice would be there before the answer to this.
        assertThat(other.ask("last")).isEqualTo("last");
        assertThat(nested).noneMatch(Client::hasReceived);
    }

    private static void enter(Place place, LoopFixture fixture, Nesting nesting, List<Client> nested)
            throws InterruptedException {
        switch (place) {
            case HANDLER -> {
                Client client = fixture.connect(nesting.server());
                nested.add(client);
                client.send(Nesting.WORD);
            }
            case TASK -> fixture.loop().execute(nesting::nest);
            case TIMEOUT -> fixture.attach(GLib.timeoutSourceNew(1), () -> nestOnce(nesting));
            case IDLE -> fixture.attach(GLib.idleSourceNew(), () -> nestOnce(nesting));
        }
    }

    private static boolean nestOnce(Nesting nesting) {
        nesting.nest();
        return GLib.SOURCE_REMOVE;
    }

    private void assertGoesOn(LoopFixture fixture, Nesting nesting, Client other, int depth) throws Exception {
        assertThat(other.ask("depth " + depth)).isEqualTo("depth " + depth);

        Client visitor = fixture.connect(nesting.server());
        assertThat(visitor.ask("visit")).isEqualTo("visit");
        Channel visit = visitor.channel();
        assertThat(visit.close().await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();

        int turns = (int) places.stream().limit(depth).filter(Place::isNettys).count();
        assertThat(fixture.call(() -> fixture.loop().metrics().nestingDepth())).isEqualTo(turns + 1);

        assertThat(fixture.loop()
                        .schedule(() -> "timer", 1, TimeUnit.MILLISECONDS)
                        .get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("timer");

        // From a callback of GLib, with no event that pushes it.
        CompletableFuture<String> task = new CompletableFuture<>();
        fixture.attach(GLib.timeoutSourceNew(1), () -> {
            fixture.loop().execute(() -> task.complete("task"));
            return GLib.SOURCE_REMOVE;
        });
        assertThat(task.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("task");
    }

    @Override
    public String toString() {
        return places.toString();
    }
}
