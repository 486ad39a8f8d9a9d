package org.nettyglib.examples.live.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void shouldWriteWhatIsNested() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", Arrays.asList(1, 2.5, true, null));
        map.put("empty", List.of());
        map.put("not a number", Double.NaN);

        assertThat(Json.write(map)).isEqualTo("{\"list\":[1,2.5,true,null],\"empty\":[],\"not a number\":null}");
    }

    @Test
    void shouldEscapeWhatMustNotStandInAString() {
        assertThat(Json.write("a\"b\\c\nd\u0001")).isEqualTo("\"a\\\"b\\\\c\\nd\\u0001\"");
        assertThat(Json.write("ü → 🙂")).isEqualTo("\"ü → \\ud83d\\ude42\"");
    }
}
