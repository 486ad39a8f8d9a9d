package org.nettyglib.benchmarks.report;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Contender;
import org.nettyglib.benchmarks.process.Sample;

/** Results as JSON, each sample of each round, for other programs to read. */
public final class Json {

    private Json() {}

    public static <P extends Record> String of(String benchmark, Machine machine, Results<P> results) {
        return of(benchmark, machine, series(results));
    }

    /**
     * The same of results that have another form.
     *
     * @param series maps, lists, records and numbers; anything else is written as its text
     */
    public static String of(String benchmark, Machine machine, List<?> series) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", benchmark);
        document.put("machine", machine);
        document.put("series", series);
        return write(document) + "\n";
    }

    private static <P extends Record> List<Object> series(Results<P> results) {
        List<Object> all = new ArrayList<>();
        for (P point : results.points()) {
            for (Contender contender : results.contenders()) {
                Series<Sample> series = results.series(point, contender);
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("point", point);
                entry.put("server", contender.id());
                series.stall().ifPresent(how -> entry.put("stall", how));
                entry.put("samples", series.samples());
                all.add(entry);
            }
        }
        return all;
    }

    private static String write(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Number number -> number.toString();
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quote(String.valueOf(entry.getKey())) + ":" + write(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(Json::write).collect(Collectors.joining(",\n", "[", "]"));
            case Record record ->
                Arrays.stream(record.getClass().getRecordComponents())
                        .map(component -> quote(component.getName()) + ":" + write(component(record, component)))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> quote(value.toString());
        };
    }

    private static @Nullable Object component(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record that cannot be read", e);
        }
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
