package org.nettyglib.loop;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A process whose GLib messages go to loggers: GLib's writer is the process's, so each test needs one. It prints what
 * the loggers get, a line each.
 */
final class GLibLoggingProgram {
    static final String DOMAIN = "Test-Domain";

    /** Held, for java.util.logging does not. */
    private static final Logger root = Logger.getLogger("");

    private static final Logger quiet = Logger.getLogger("glib.Quiet");

    private static volatile boolean printed;

    private GLibLoggingProgram() {}

    public static void main(String[] args) throws Exception {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        LogManager.getLogManager().reset();
        root.setLevel(Level.ALL);
        quiet.setLevel(Level.WARNING);
        Scenario.valueOf(args[0]).run();
        System.out.println("end");
    }

    private static void logTo(Consumer<LogRecord> consumer) {
        root.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLoggerName().startsWith("glib")) {
                    consumer.accept(record);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    private static void print(LogRecord record) {
        printed = true;
        System.out.println(record.getLevel() + "|" + record.getLoggerName() + "|" + record.getMessage());
    }

    private static void printing() {
        logTo(GLibLoggingProgram::print);
        GLibLogging.install();
    }

    enum Scenario {
        LEVELS {
            @Override
            void run() {
                printing();
                for (int level = NativeLog.CRITICAL; level <= 1 << 9; level <<= 1) {
                    NativeLog.log(DOMAIN, level, "old");
                    NativeLog.structured(DOMAIN, level, "new");
                }
                NativeLog.log(null, NativeLog.MESSAGE, "of nobody");
                NativeLog.structured(null, NativeLog.MESSAGE, "of nobody");
                NativeLog.log("", NativeLog.MESSAGE, "of nobody");
            }
        },
        TEXTS {
            @Override
            void run() {
                printing();
                String text = "100 % {} {0} ${x} %s %n grün";
                NativeLog.log(DOMAIN, NativeLog.WARNING, text);
                NativeLog.structured(DOMAIN, NativeLog.WARNING, text);
                NativeLog.bytes(NativeLog.WARNING, new byte[] {'a', (byte) 0xff, 'b', 0}, -1);
                NativeLog.bytes(NativeLog.WARNING, "cut off here".getBytes(StandardCharsets.US_ASCII), 7);
                NativeLog.bytes(NativeLog.WARNING, new byte[1], 0);
                NativeLog.log(DOMAIN, NativeLog.WARNING, "x".repeat(100_000));
            }
        },
        LEVEL_OFF {
            @Override
            void run() {
                printing();
                NativeLog.log("Quiet", NativeLog.INFO, "not to be seen");
                NativeLog.structured("Quiet", NativeLog.DEBUG, "not to be seen");
                NativeLog.log("Quiet", NativeLog.WARNING, "to be seen");
            }
        },
        NATIVE_THREAD {
            @Override
            void run() {
                logTo(record -> {
                    print(record);
                    System.out.println("daemon " + Thread.currentThread().isDaemon());
                });
                GLibLogging.install();
                NativeLog.criticalOnNativeThread();
            }
        },
        FATAL_OLD {
            @Override
            void run() {
                printing();
                NativeLog.log(DOMAIN, NativeLog.CRITICAL, "the last");
            }
        },
        FATAL_STRUCTURED {
            @Override
            void run() {
                printing();
                NativeLog.structured(DOMAIN, NativeLog.CRITICAL, "the last");
            }
        },
        FATAL_LATER {
            @Override
            void run() {
                printing();
                NativeLog.structured(DOMAIN, NativeLog.WARNING, "not yet");
                int before = NativeLog.setAlwaysFatal(NativeLog.WARNING);
                NativeLog.structured(DOMAIN, NativeLog.CRITICAL, "nor this");
                NativeLog.structured(DOMAIN, NativeLog.WARNING, "the last");
                System.out.println(before);
            }
        },
        FATAL_ERROR {
            @Override
            void run() {
                printing();
                NativeLog.log(DOMAIN, NativeLog.ERROR, "the last");
            }
        },
        LOGGER_THROWS {
            @Override
            void run() {
                logTo(record -> {
                    throw new LinkageError("a logger's");
                });
                GLibLogging.install();
                NativeLog.log(DOMAIN, NativeLog.WARNING, "not lost, old");
                NativeLog.structured(DOMAIN, NativeLog.WARNING, "not lost, new");
            }
        },
        LOGGER_OVERFLOWS {
            @Override
            void run() {
                logTo(GLibLoggingProgram::overflow);
                GLibLogging.install();
                NativeLog.log(DOMAIN, NativeLog.WARNING, "not lost");
            }
        },
        LOGGER_CALLS_GLIB {
            @Override
            void run() {
                logTo(record -> {
                    print(record);
                    NativeLog.log(DOMAIN, NativeLog.CRITICAL, "inner, old");
                    NativeLog.structured(DOMAIN, NativeLog.CRITICAL, "inner, new");
                });
                GLibLogging.install();
                NativeLog.log(DOMAIN, NativeLog.WARNING, "outer, old");
                NativeLog.structured(DOMAIN, NativeLog.WARNING, "outer, new");
            }
        },
        TWICE {
            @Override
            void run() {
                System.out.println(GLibLogging.isInstalled());
                printing();
                GLibLogging.install();
                System.out.println(GLibLogging.isInstalled());
                NativeLog.log(DOMAIN, NativeLog.WARNING, "once");
            }
        },
        OTHER_WRITER {
            @Override
            void run() {
                NativeLog.setOtherWriter();
                for (int i = 0; i < 2; i++) {
                    try {
                        printing();
                    } catch (IllegalStateException e) {
                        System.out.println("refused: " + e.getMessage());
                    }
                }
                System.out.println(GLibLogging.isInstalled());
                NativeLog.structured(DOMAIN, NativeLog.WARNING, "goes there");
            }
        },
        MANY {
            @Override
            void run() throws Exception {
                long[] count = new long[1];
                logTo(record -> count[0]++);
                GLibLogging.install();
                String text = "x".repeat(1000);
                log(20_000, text);
                long heap = heap();
                long resident = resident();
                log(100_000, text);
                System.out.println("count " + count[0]);
                System.out.println("heap " + (heap() - heap));
                System.out.println("resident " + (resident() - resident));
            }

            private static void log(int count, String text) {
                for (int i = 0; i < count; i += 4) {
                    NativeLog.log("Domain-" + i % 1000, NativeLog.WARNING, text);
                    NativeLog.structured(DOMAIN, NativeLog.WARNING, text);
                    NativeLog.log("Quiet", NativeLog.INFO, text);
                    NativeLog.structured("Quiet", NativeLog.DEBUG, text);
                }
            }

            private static long heap() throws InterruptedException {
                long least = Long.MAX_VALUE;
                for (int i = 0; i < 5; i++) {
                    System.gc();
                    Thread.sleep(50);
                    least = Math.min(
                            least,
                            ManagementFactory.getMemoryMXBean()
                                    .getHeapMemoryUsage()
                                    .getUsed());
                }
                return least;
            }

            private static long resident() throws Exception {
                String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
                return Long.parseLong(pages[1]) * 4096;
            }
        },
        AT_EXIT {
            @Override
            void run() {
                printing();
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> NativeLog.log(DOMAIN, NativeLog.WARNING, "in a hook")));
                Thread.ofPlatform().daemon().start(() -> {
                    while (true) {
                        NativeLog.joinThread(NativeLog.newThread());
                    }
                });
                while (!printed) {
                    Thread.onSpinWait();
                }
            }
        };

        abstract void run() throws Exception;
    }

    /** Whatever is logged: calls itself until the stack is full. */
    private static int overflow(LogRecord record) {
        return record.getMessage().isEmpty() ? 0 : 1 + overflow(record);
    }
}
