package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GioOperationTest {

    @ParameterizedTest
    @EnumSource
    void shouldBeFoundByItsName(GioOperation operation) {
        assertThat(GioOperation.byId(operation.id())).isEqualTo(operation);
    }

    @Test
    void shouldSayWhatThereIsToDo() {
        assertThatThrownBy(() -> GioOperation.byId("copy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unknown operation 'copy', known: query-info, nothing, look-up, echo-64, echo-4096, true, cat");
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeDoneInCToo(GioOperation operation) {
        assertThat(operation.contenders()).contains(GioContender.C);
    }

    @Test
    void shouldTellOfTheFileWhereOneIsAskedFor() {
        Path file = Path.of("a", "file");
        assertThat(GioOperation.QUERY_INFO.arguments(file, 4)).containsExactly("a/file", "4");
        assertThat(GioOperation.ECHO_64.arguments(file, 4)).containsExactly("64");
    }
}
