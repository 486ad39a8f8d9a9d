package org.nettyglib.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

    @Test
    void shouldLineUpItsColumns() {
        MarkdownTable table = new MarkdownTable(List.of("", "epoll"));
        table.row(List.of("1 busy", "3.40"));
        table.row(List.of("32 busy", "123.45"));
        assertThat(table.toString()).isEqualTo("""
                |         |  epoll |
                |---------|-------:|
                | 1 busy  |   3.40 |
                | 32 busy | 123.45 |
                """);
    }

    @Test
    void shouldRefuseARowOfAnotherLength() {
        MarkdownTable table = new MarkdownTable(List.of("", "epoll"));
        assertThatThrownBy(() -> table.row(List.of("1 busy"))).isInstanceOf(IllegalArgumentException.class);
    }
}
