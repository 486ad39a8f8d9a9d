package org.nettyglib.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {

    static Stream<Note> notes() {
        return Stream.of(
                new Note.You("Ada"),
                new Note.News("Ada has joined"),
                new Note.Present(List.of("Ada", "Grace Hopper")),
                new Note.Said(Instant.parse("2026-01-02T03:04:05Z"), "Ada", "two\twords\nand a line"));
    }

    @ParameterizedTest
    @MethodSource("notes")
    void shouldBeReadAsItWasWritten(Note note) {
        assertThat(Note.decode(note.encode())).isEqualTo(note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "said", "said\t2026-01-02T03:04:05Z\tAda", "{\"said\":\"hello\"}"})
    void shouldRefuseWhatIsNoNote(String frame) {
        assertThatThrownBy(() -> Note.decode(frame)).isInstanceOf(IllegalArgumentException.class);
    }
}
