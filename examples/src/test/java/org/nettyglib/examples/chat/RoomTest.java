package org.nettyglib.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {

    private final Room room = new Room();
    private final EmbeddedChannel ada = new EmbeddedChannel();
    private final EmbeddedChannel other = new EmbeddedChannel();

    @Test
    void shouldGiveEachGuestANameOfItsOwn() {
        room.enter(ada, "Ada");
        room.enter(other, " Ada ");

        assertThat(room.people()).containsExactly("Ada", "Ada 2");
        assertThat(told(other)).startsWith(new Note.You("Ada 2"));
    }

    @Test
    void shouldNameTheNamelessAndShortenTheLongestNames() {
        room.enter(ada, "");
        room.enter(other, "A\tname " + "that goes on ".repeat(100));

        assertThat(room.people()).containsExactly("Guest", "A name that goes on ");
    }

    @Test
    void shouldTellAllWhatIsSaid() {
        room.enter(ada, "Ada");
        room.enter(other, "Grace");

        room.say(other, " Hello ");

        assertThat(told(ada).getLast()).isInstanceOfSatisfying(Note.Said.class, said -> {
            assertThat(said.name()).isEqualTo("Grace");
            assertThat(said.text()).isEqualTo("Hello");
        });
        assertThat(told(other).getLast()).isInstanceOf(Note.Said.class);
    }

    @Test
    void shouldNotHearWhoHasNotEnteredAndWhoSaysNothing() {
        room.enter(ada, "Ada");
        told(ada);

        room.say(other, "Hello");
        room.say(ada, "  ");

        assertThat(told(ada)).isEmpty();
    }

    @Test
    void shouldTellTheOthersWhoHasLeft() {
        room.enter(ada, "Ada");
        room.enter(other, "Grace");
        told(ada);

        room.leave(other);
        room.leave(other);

        assertThat(told(ada)).containsExactly(new Note.News("Grace has left"), new Note.Present(List.of("Ada")));
    }

    @Test
    void shouldSendAllAwayWhenItIsClosed() {
        room.enter(ada, "Ada");
        told(ada);

        room.close();

        CloseWebSocketFrame goodbye = ada.readOutbound();
        assertThat(goodbye.statusCode()).isEqualTo(1001);
        goodbye.release();
        assertThat(ada.isOpen()).isFalse();
    }

    private static List<Note> told(EmbeddedChannel guest) {
        List<Note> notes = new ArrayList<>();
        for (TextWebSocketFrame frame = guest.readOutbound(); frame != null; frame = guest.readOutbound()) {
            notes.add(Note.decode(frame.text()));
            frame.release();
        }
        return notes;
    }
}
