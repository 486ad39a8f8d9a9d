package org.nettyglib.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.EchoPoint;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;

class JsonTest {

    private static final Machine MACHINE = new Machine("processor", 2, "Linux", "25", "4.2", "2.74", 0);

    private record Part(int whole, @Nullable Object missing) {}

    @Test
    void shouldWriteWhatHasAnotherForm() {
        assertThat(Json.of("ui", MACHINE, List.of(Map.of("rounds", List.of(new Part(1, null))))))
                .contains("\"series\":[{\"rounds\":[{\"whole\":1,\"missing\":null}]}]");
    }

    @Test
    void shouldHoldEverySampleAndEveryStall() {
        Results<EchoPoint> results = new Results<>(List.of(Contender.EPOLL, Contender.GIO_C));
        EchoPoint point = new EchoPoint(1, 0);
        results.series(point, Contender.EPOLL).add(new Sample(10, 2.0, 1.5, 3.0, 4.0, 5.0, 6));
        results.series(point, Contender.GIO_C).stalled("said \"no\"");
        assertThat(Json.of("echo", MACHINE, results))
                .contains("\"benchmark\":\"echo\"")
                .contains("\"cores\":2")
                .contains(
                        "{\"point\":{\"busy\":1,\"idle\":0},\"server\":\"epoll\",\"samples\":[{\"messages\":10,"
                                + "\"seconds\":2.0,\"p50Micros\":1.5,\"p99Micros\":3.0,\"maxMicros\":4.0,\"cpuMicros\":5.0,\"lost\":6}]}")
                .contains("\"stall\":\"said \\\"no\\\"\",\"samples\":[]");
    }
}
