package org.nettyglib.gio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.GLibEventLoop;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/**
 * A process to send signals to: what they do to one is the subject of the tests. It says what happens, a line each, and
 * goes on with the next step when it is sent a line.
 */
final class SignalProgram {
    /** The exit code of a program that was told to go instead of killed. */
    static final int LEFT = 99;

    private final LoopFixture fixture;
    private final GLibEventLoop loop;
    private final UnixSignal signal;

    private SignalProgram(LoopFixture fixture, UnixSignal signal) {
        this.fixture = fixture;
        this.loop = fixture.loop();
        this.signal = signal;
        // A loop starts with its first task.
        loop.submit(() -> {}).syncUninterruptibly();
    }

    /** @param arguments scenario, kind of loop, signal */
    public static void main(String[] arguments) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> say("hook")));
        Scenario.valueOf(arguments[0])
                .run(new SignalProgram(LoopKind.valueOf(arguments[1]).open(), UnixSignal.valueOf(arguments[2])));
        say("ready");
        // Until it is ended. The end of the input ends it, too, so that none is left behind.
        awaitStep();
        Runtime.getRuntime().halt(LEFT);
    }

    private static synchronized void say(String what) {
        System.out.println(what);
        System.out.flush();
    }

    private static void awaitStep() throws Exception {
        int next = System.in.read();
        while (next != '\n' && next >= 0) {
            next = System.in.read();
        }
    }

    private void tell(UnixSignalEvent event) {
        say("told " + event.signal() + (loop.inEventLoop() ? " on the loop" : " elsewhere"));
    }

    private UnixSignalRegistration listen() {
        return UnixSignals.listen(loop, signal, this::tell);
    }

    private UnixSignalRegistration consume() {
        return UnixSignals.listen(loop, signal, event -> {
            event.consume();
            tell(event);
        });
    }

    private void refused() {
        try {
            listen();
            say("not refused");
        } catch (IllegalStateException e) {
            say("refused: " + e.getMessage());
        }
    }

    private void sayWhoHandles() {
        JvmSignal ofTheJvm = new JvmSignal(signal.name());
        Object handler = ofTheJvm.handle(JvmSignal.DEFAULT);
        say("handler " + handler.toString().replaceAll("@.*", ""));
        ofTheJvm.handle(handler);
    }

    /** Until the JVM's thread for the signal waits for the listeners. */
    private void awaitHandler() throws InterruptedException {
        String name = signal + " handler";
        Await.until(
                () -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals(name) && thread.getState() == Thread.State.WAITING),
                () -> name + " waits");
    }

    enum Scenario {
        LISTEN {
            @Override
            void run(SignalProgram program) {
                program.listen();
            }
        },

        /** Until the first step. */
        CONSUME {
            @Override
            void run(SignalProgram program) throws Exception {
                UnixSignalRegistration registration = program.consume();
                say("ready");
                awaitStep();
                registration.close();
                registration.close();
            }
        },

        NEXT {
            @Override
            void run(SignalProgram program) {
                UnixSignals.next(program.loop, program.signal).addListener(done -> {
                    String what = "next " + done.get() + (program.loop.inEventLoop() ? " on the loop" : "");
                    // Not before it listens no longer, which is so when its listeners were told.
                    program.loop.execute(() -> say(what));
                });
            }
        },

        /** The program ends by itself. */
        NEXT_ENDS_THE_LOOP {
            @Override
            void run(SignalProgram program) {
                UnixSignals.next(program.loop, program.signal).addListener(done -> {
                    say("next " + done.get());
                    program.fixture
                            .group()
                            .shutdownGracefully(0, 10, TimeUnit.SECONDS)
                            .addListener(ended -> {
                                say("ended " + ended.isSuccess());
                                System.exit(7);
                            });
                });
            }
        },

        CANCELLED {
            @Override
            void run(SignalProgram program) {
                var next = UnixSignals.next(program.loop, program.signal);
                say("cancelled " + next.cancel(false) + next.isCancelled() + next.cancel(false));
            }
        },

        THROW {
            @Override
            void run(SignalProgram program) {
                UnixSignals.listen(program.loop, program.signal, event -> {
                    event.consume();
                    program.tell(event);
                    throw new Exception("a listener's");
                });
            }
        },

        /** One of many takes care. */
        SEVERAL_LOOPS {
            @Override
            void run(SignalProgram program) {
                List<EventExecutor> loops =
                        new ArrayList<>(List.of(program.loop, program.loop, new DefaultEventExecutor()));
                new GLibEventLoopGroup(3).forEach(loops::add);
                for (EventExecutor each : loops) {
                    UnixSignals.listen(each, program.signal, event -> say("told " + each.inEventLoop()));
                }
            }
        },

        HOOK_WAITS_FOR_THE_LOOP {
            @Override
            void run(SignalProgram program) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    program.fixture
                            .group()
                            .shutdownGracefully(0, 10, TimeUnit.SECONDS)
                            .awaitUninterruptibly();
                    say("ended");
                }));
                program.listen();
            }
        },

        /** Nothing is left of the registrations of a loop that ends. */
        LOOP_ENDS {
            @Override
            void run(SignalProgram program) throws Exception {
                UnixSignalRegistration registration = program.consume();
                var next = UnixSignals.next(program.loop, program.signal);
                program.fixture.close();
                next.await();
                say("next cancelled " + next.isCancelled());
                while (registration.isOpen()) {
                    Thread.onSpinWait();
                }
                program.sayWhoHandles();
                try {
                    program.listen();
                } catch (RejectedExecutionException e) {
                    say("rejected");
                }
            }
        },

        /** The task that would tell it is never run. */
        LOOP_TAKES_NO_TASKS {
            @Override
            void run(SignalProgram program) throws Exception {
                DefaultEventExecutor full = new DefaultEventExecutor(
                        null, new DefaultThreadFactory("full", true), 16, RejectedExecutionHandlers.reject());
                UnixSignals.listen(full, program.signal, UnixSignalEvent::consume);
                CountDownLatch blocked = new CountDownLatch(1);
                full.execute(() -> {
                    blocked.countDown();
                    LockSupport.park(full);
                });
                blocked.await();
                try {
                    while (true) {
                        full.execute(() -> {});
                    }
                } catch (RejectedExecutionException e) {
                    say("full");
                }
            }
        },

        /** Goes on when the signal waits for it. */
        LOOP_IS_BLOCKED {
            @Override
            void run(SignalProgram program) throws Exception {
                CountDownLatch released = program.fixture.block();
                program.listen();
                say("ready");
                program.awaitHandler();
                say("released");
                released.countDown();
            }
        },

        /** Closes the registration while the signal is on its way to a blocked loop. */
        CLOSED_WHILE_BLOCKED {
            @Override
            void run(SignalProgram program) throws Exception {
                program.fixture.block();
                UnixSignalRegistration registration = program.consume();
                say("ready");
                program.awaitHandler();
                say("closed");
                registration.close();
            }
        },

        AFTER_A_HANDLER_OF_JAVA {
            @Override
            void run(SignalProgram program) throws Exception {
                new JvmSignal(program.signal.name()).handle(JvmSignal.handler(() -> say("handler")));
                UnixSignalRegistration registration = program.listen();
                say("ready");
                awaitStep();
                registration.close();
            }
        },

        /** Somebody else's handler over ours, which passes on what it gets. */
        UNDER_A_HANDLER_OF_JAVA {
            @Override
            void run(SignalProgram program) throws Exception {
                UnixSignalRegistration registration = program.listen();
                JvmSignal ofTheJvm = new JvmSignal(program.signal.name());
                Object[] ours = new Object[1];
                ours[0] = ofTheJvm.handle(JvmSignal.handler(() -> {
                    say("handler");
                    ofTheJvm.call(ours[0]);
                }));
                registration.close();
                program.listen();
            }
        },

        /** GLib's own way to take a signal. */
        AFTER_A_HANDLER_OF_GLIB {
            @Override
            @SuppressWarnings("restricted")
            void run(SignalProgram program) {
                try {
                    MemorySegment source = (MemorySegment) Linker.nativeLinker()
                            .downcallHandle(
                                    SymbolLookup.libraryLookup("libglib-2.0.so.0", Arena.global())
                                            .findOrThrow("g_unix_signal_source_new"),
                                    FunctionDescriptor.of(ADDRESS, JAVA_INT))
                            .invokeExact(program.signal.number());
                    say("source " + (source.address() != 0));
                } catch (Throwable t) {
                    throw new AssertionError(t);
                }
                program.refused();
                program.sayWhoHandles();
            }
        },

        REFUSED {
            @Override
            void run(SignalProgram program) {
                program.refused();
                program.sayWhoHandles();
            }
        },

        REFUSED_AT_ALL {
            @Override
            void run(SignalProgram program) {
                program.refused();
            }
        },

        /** Futures that are given up, and the handler of the JVM in the end. */
        MANY {
            @Override
            void run(SignalProgram program) {
                for (int i = 0; i < 100_000; i++) {
                    UnixSignals.next(program.loop, program.signal).cancel(false);
                }
                program.sayWhoHandles();
            }
        };

        abstract void run(SignalProgram program) throws Exception;
    }
}
