package org.nettyglib.benchmarks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nettyglib.benchmarks.process.BenchmarkException;
import picocli.CommandLine;

class LoadCommandTest {

    @Test
    void shouldRefuseAServerThatCannotServe() {
        UdpCommand command = new UdpCommand();
        new CommandLine(command).parseArgs("--servers", "epoll,soup-hello");
        assertThatThrownBy(command::call)
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("soup-hello cannot serve this");
    }
}
