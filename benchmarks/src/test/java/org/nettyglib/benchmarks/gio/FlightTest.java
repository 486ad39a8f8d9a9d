package org.nettyglib.benchmarks.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FlightTest {

    private static final double AN_HOUR = 3_600;

    private final Deque<Integer> underWay = new ArrayDeque<>();
    private final AtomicInteger landings = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Flight.Landing landing = new Flight.Landing() {
        @Override
        public void landed() {
            landings.incrementAndGet();
        }

        @Override
        public void failed(Throwable cause) {
            failure.set(cause);
        }
    };

    @Test
    void shouldKeepTheNumberUnderWay() {
        Flight flight = flight(new Flight.Plan(AN_HOUR, 100, 3));
        flight.start();
        assertThat(underWay).containsExactly(0, 1, 2);
        flight.ended(underWay.remove());
        assertThat(underWay).containsExactly(1, 2, 0);
    }

    @Test
    void shouldLandWhenAsManyHaveEndedAsWereWanted() {
        Flight flight = flight(new Flight.Plan(AN_HOUR, 10, 3));
        flight.start();
        for (int ended = 0; ended < 10; ended++) {
            assertThat(landings).hasValue(0);
            flight.ended(underWay.remove());
        }
        assertThat(landings).hasValue(1);
        assertThat(flight.result()).startsWith("result operations=10 seconds=");
    }

    @Test
    void shouldBeginNoMoreWhenTheTimeIsOver() {
        Flight flight = flight(new Flight.Plan(0, 100, 2));
        flight.start();
        flight.ended(0);
        assertThat(landings).hasValue(0);
        flight.ended(1);
        assertThat(landings).hasValue(1);
        assertThat(underWay).hasSize(2);
    }

    @Test
    void shouldBeginNoMoreThanWereWanted() {
        flight(new Flight.Plan(AN_HOUR, 2, 32)).start();
        assertThat(underWay).containsExactly(0, 1);
    }

    @Test
    void shouldFailWithAnOperationThatCannotBegin() {
        IllegalStateException cause = new IllegalStateException("refused");
        Operation refused = (slot, flight) -> {
            throw cause;
        };
        new Flight(refused, new Flight.Plan(AN_HOUR, 1, 1), landing).start();
        assertThat(failure).hasValue(cause);
    }

    @Test
    void shouldFailWithAFutureAndWithWhatComesAfterIt() {
        Flight flight = flight(new Flight.Plan(AN_HOUR, 1, 1));
        IllegalStateException cause = new IllegalStateException("failed");
        ImmediateEventExecutor.INSTANCE.newFailedFuture(cause).addListener(flight.orFail(result -> landing.landed()));
        assertThat(failure.get()).hasCause(cause);
        assertThat(landings).hasValue(0);

        ImmediateEventExecutor.INSTANCE
                .newSucceededFuture("done")
                .addListener(flight.orFail(result -> Operation.require(result.equals("well"), result)));
        assertThat(failure.get()).hasMessageContaining("done");
    }

    @Test
    void shouldReadTheCommandOfTheBenchmark() {
        assertThat(Flight.Plan.parse("run 0.500000 2000 32")).isEqualTo(new Flight.Plan(0.5, 2_000, 32));
        assertThatThrownBy(() -> Flight.Plan.parse("stop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown command: stop");
    }

    private Flight flight(Flight.Plan plan) {
        return new Flight((slot, flight) -> underWay.add(slot), plan, landing);
    }
}
