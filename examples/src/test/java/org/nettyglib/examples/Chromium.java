package org.nettyglib.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nettyglib.channel.Await;

/** A headless Chromium with one page, driven through the DevTools protocol as far as the tests need it. */
public final class Chromium implements WebSocket.Listener, AutoCloseable {

    /** Set to {@code required} where the absence of a browser is an error. */
    private static final String BROWSER = "org.nettyglib.examples.browser";

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern ENDPOINT = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final Pattern PAGE_SOCKET = Pattern.compile("\"webSocketDebuggerUrl\":\\s*\"([^\"]+)\"");
    private static final Pattern ANSWER = Pattern.compile("^\\{\"id\":(\\d+),");
    private static final Pattern VALUE = Pattern.compile("\"type\":\"string\",\"value\":\"([^\"]*)\"");
    private static final long PATIENCE_SECONDS = Await.SECONDS;

    private final Path profile;
    private final Process process;
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final StringBuilder partial = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    private int lastId;

    /** The program, if one is installed. */
    private static Optional<Path> program() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A browser, or the test is skipped; where the caller insists on one it fails. */
    public static Chromium start() throws Exception {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            assertThat(System.getProperty(BROWSER)).as("Chromium is missing").isNotEqualTo("required");
            System.out.println("SKIPPED: Chromium is missing (chromium, chromium-browser or google-chrome)");
            abort("Chromium is missing");
        }
        return new Chromium(program.get());
    }

    private Chromium(Path program) throws Exception {
        profile = Files.createTempDirectory("chromium");
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--window-size=1440,1000",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        try {
            socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(page(endpoint())), this)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            stop();
            throw e;
        }
    }

    public void open(String url) throws Exception {
        // The answer may come while the page before is still there, perhaps at the same address.
        evaluate("window.isLeft = true");
        command("Page.navigate", "{\"url\":\"" + url + "\"}");
        await("!window.isLeft && document.readyState === 'complete'");
    }

    /** The value of a JavaScript expression, as a string; a promise is waited for. */
    public String evaluate(String expression) throws Exception {
        String answer = answer(expression);
        return value(answer).orElseThrow(() -> new IllegalStateException(expression + " gave " + answer));
    }

    private String answer(String expression) throws Exception {
        // The answer in base64 needs no parser that knows what is escaped in JSON.
        String wrapped = "(async()=>btoa(unescape(encodeURIComponent(String(await(" + expression + "))))))()";
        return command(
                "Runtime.evaluate",
                "{\"awaitPromise\":true,\"userGesture\":true,\"returnByValue\":true,\"expression\":" + quoted(wrapped)
                        + "}");
    }

    private static Optional<String> value(String answer) {
        Matcher value = VALUE.matcher(answer);
        return value.find()
                ? Optional.of(new String(Base64.getDecoder().decode(value.group(1)), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** Waits until a JavaScript expression is true. It has no value, for instance, while another page is opened. */
    public void await(String condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String answer = answer(condition);
        while (!value(answer).equals(Optional.of("true"))) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never became true: " + condition + ", which gave " + answer);
            }
            Thread.sleep(50);
            answer = answer(condition);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            Matcher answer = ANSWER.matcher(partial);
            if (answer.find()) {
                CompletableFuture<String> waiting = answers.remove(Integer.parseInt(answer.group(1)));
                if (waiting != null) {
                    waiting.complete(partial.toString());
                }
            }
            partial.setLength(0);
        }
        return WebSocket.Listener.super.onText(webSocket, data, last);
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        stop();
    }

    private void stop() throws IOException, InterruptedException {
        http.shutdownNow();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (UncheckedIOException e) {
            // A process that is about to end tidies up as well.
        }
    }

    private String endpoint() throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher endpoint = ENDPOINT.matcher(line);
            if (endpoint.find()) {
                // Its pipe must not fill up.
                Thread.ofVirtual().start(() -> discard(output));
                return endpoint.group(1);
            }
        }
        throw new IOException("Chromium did not start:\n" + said);
    }

    private static void discard(Reader output) {
        try (output) {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // It has ended.
        }
    }

    private String page(String endpoint) throws IOException, InterruptedException {
        String list = http.send(
                        HttpRequest.newBuilder(URI.create("http://" + endpoint + "/json/new?about:blank"))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher socketOfPage = PAGE_SOCKET.matcher(list);
        if (!socketOfPage.find()) {
            throw new IOException("Chromium has no page: " + list);
        }
        return socketOfPage.group(1);
    }

    private String command(String method, String parameters) throws Exception {
        int id = ++lastId;
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
