package org.nettyglib.gio;

import io.netty.util.concurrent.Future;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.javagi.base.GErrorException;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.loop.GLibEventLoop;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/**
 * A process with a network and a name server of its own, which resolves what it is told to: a line for each look-up, and
 * a line for what came of it.
 */
final class ResolverProgram {
    static final int MANY = 1000;

    private final LoopKind kind;
    private final GLibEventLoop loop;
    private final GioResolver resolver = new GioResolver();

    private ResolverProgram(LoopKind kind) {
        this.kind = kind;
        loop = kind.open().loop();
    }

    /** @param arguments the kind of loop */
    public static void main(String[] arguments) throws Exception {
        ResolverProgram program = new ResolverProgram(LoopKind.valueOf(arguments[0]));
        newServer().start(new GLibEventLoopGroup(1));
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        output.println("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            output.println(Command.valueOf(words[0]).run(program, words));
        }
        // GIO's threads may still wait for an answer.
        Runtime.getRuntime().halt(0);
    }

    private static NameServer newServer() {
        NameServer server = new NameServer()
                .address("both.example.test", "192.0.2.5")
                .address("both.example.test", "2001:db8::5")
                .address("four.example.test", "192.0.2.4")
                .address("xn--bcher-kva.example.test", "192.0.2.7")
                .reverse("5.2.0.192", "both.example.test")
                .service("_chat._tcp.example.test", 20, 0, 5222, "last.example.test")
                .service("_chat._tcp.example.test", 10, 5, 65535, "first.example.test")
                .text("example.test", "v=spf1 ", "-all")
                .text("example.test", "größer")
                .text("latin1.example.test", StandardCharsets.ISO_8859_1, "größer", "ok")
                .mail("example.test", 10, "mail.example.test")
                .nameServer("example.test", "ns1.example.test")
                .authority(
                        "example.test", "ns1.example.test", "admin.example.test", 4_000_000_000L, 3600, 600, 86400, 60);
        for (int i = 0; i < MANY; i++) {
            server.address(many(i), manyAddress(i));
        }
        return server;
    }

    private static String many(int i) {
        return "host" + i + ".many.test";
    }

    private static String manyAddress(int i) {
        return "10.0." + i / 256 + '.' + i % 256;
    }

    /** What came of a look-up. */
    private static String outcome(Future<?> future) throws InterruptedException {
        Await.done(future);
        if (future.isCancelled()) {
            return "cancelled";
        }
        return future.isSuccess() ? String.valueOf(future.getNow()) : description(future.cause());
    }

    private static String description(Throwable failure) {
        String own = failure instanceof GErrorException error
                ? "GError " + error.getCode() + ' ' + error.getMessage()
                : failure.getClass().getSimpleName();
        return failure.getCause() == null ? own : own + " by " + description(failure.getCause());
    }

    enum Command {
        HOST {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver.nameResolver(program.loop).resolve(words[1]));
            }
        },

        HOSTS {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver.nameResolver(program.loop).resolveAll(words[1]));
            }
        },

        ADDRESSES {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver
                        .getResolver(program.loop)
                        .resolveAll(InetSocketAddress.createUnresolved(words[1], 80)));
            }
        },

        NAME {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver.lookupByAddress(program.loop, InetAddress.ofLiteral(words[1])));
            }
        },

        SERVICE {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver.lookupService(program.loop, words[1], words[2], words[3]));
            }
        },

        TEXT {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver.lookupText(program.loop, words[1]));
            }
        },

        MAIL {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver.lookupMail(program.loop, words[1]));
            }
        },

        NAME_SERVERS {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver.lookupNameServers(program.loop, words[1]));
            }
        },

        AUTHORITY {
            @Override
            String run(ResolverProgram program, String[] words) throws InterruptedException {
                return outcome(program.resolver.lookupAuthority(program.loop, words[1]));
            }
        },

        /** Cancels when the look-up is under way. */
        CANCEL {
            @Override
            String run(ResolverProgram program, String[] words) throws Exception {
                Future<InetSocketAddress> future = program.resolver
                        .getResolver(program.loop)
                        .resolve(InetSocketAddress.createUnresolved(words[1], 80));
                Await.until(() -> AsyncReady.pending() == 1, () -> "a look-up is under way");
                future.cancel(false);
                Await.until(() -> AsyncReady.pending() == 0, () -> "the look-up has ended");
                return outcome(future);
            }
        },

        TIMEOUT {
            @Override
            String run(ResolverProgram program, String[] words) throws Exception {
                Future<?> future =
                        program.resolver.lookupByName(program.loop, words[1]).withTimeout(Duration.ofMillis(50));
                String outcome = outcome(future);
                Await.until(() -> AsyncReady.pending() == 0, () -> "the look-up has ended");
                return outcome;
            }
        },

        /** Shuts the loop down. */
        SHUT_DOWN {
            @Override
            String run(ResolverProgram program, String[] words) throws Exception {
                Future<?> future;
                try (LoopFixture other = program.kind.open()) {
                    future = program.resolver.nameResolver(other.loop()).resolve(words[1]);
                    Await.until(() -> AsyncReady.pending() == 1, () -> "a look-up is under way");
                }
                return outcome(future) + ", left: " + AsyncReady.pending();
            }
        },

        /** Many at once. */
        MANY_HOSTS {
            @Override
            String run(ResolverProgram program, String[] words) throws Exception {
                List<Future<InetAddress>> futures = new ArrayList<>();
                for (int i = 0; i < MANY; i++) {
                    futures.add(program.resolver.nameResolver(program.loop).resolve(many(i)));
                }
                int right = 0;
                for (int i = 0; i < MANY; i++) {
                    Future<InetAddress> future = futures.get(i);
                    if (!future.await(2 * Await.SECONDS, TimeUnit.SECONDS)) {
                        return "not within the time: " + future;
                    }
                    if (Objects.equals(future.getNow(), InetAddress.ofLiteral(manyAddress(i)))) {
                        right++;
                    }
                }
                return right + " right, left: " + AsyncReady.pending();
            }
        };

        abstract String run(ResolverProgram program, String[] words) throws Exception;
    }
}
