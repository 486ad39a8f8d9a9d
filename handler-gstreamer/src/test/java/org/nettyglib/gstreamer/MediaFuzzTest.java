package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.gstreamer.ffi.AppSinkCallbacks;
import org.nettyglib.gstreamer.ffi.AppSrcCallbacks;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/**
 * Peers send into pipelines and others view what comes out, while anything is killed at any moment: a peer, a channel, the pipeline, the
 * source, the handler, the loop. What has to hold: each future is done in the end, and nothing is left.
 */
class MediaFuzzTest {
    private static final int STEPS = 25;

    private static final String[] DESCRIPTIONS = {
        "appsrc name=in ! appsink name=out sync=false max-buffers=1",
        "appsrc name=in max-bytes=20000 ! queue ! appsink name=out sync=false max-buffers=4",
        "appsrc name=in ! identity error-after=30 ! queue max-size-buffers=2 ! appsink name=out sync=false",
        "fakesrc sizetype=fixed sizemax=20000 num-buffers=400 ! appsink name=out sync=false max-buffers=2"
                + " appsrc name=in ! fakesink async=false",
        "fakesrc sizetype=fixed sizemax=500 ! queue ! appsink name=out sync=false max-buffers=8"
                + " appsrc name=in ! queue ! fakesink async=false",
    };

    @BeforeAll
    static void requireElements() {
        GStreamer.requireElements("appsink", "appsrc", "fakesink", "fakesrc", "identity", "queue");
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNothingWhateverIsKilled(LoopKind kind) {
        LongAdder frames = new LongAdder();
        FuzzRounds.run(MediaFuzzTest.class, kind, random -> {
            try (Round one = new Round(kind, random)) {
                frames.add(one.run());
            }
        });
        assertThat(frames.sum())
                .as("frames that came to a source in all rounds")
                .isPositive();
    }

    private static final class Round implements AutoCloseable {
        private final int sinksBefore = AppSinkCallbacks.live();
        private final int sourcesBefore = AppSrcCallbacks.targets();
        private final int lentBefore = WrappedBytes.lent();
        private final Random random;
        private final LoopFixture fixture;
        private final EventLoopGroup others = new GLibEventLoopGroup(1);
        private final GstPipeline pipeline;
        private final AppSinkSource source;
        private final AppSrcHandler handler;
        private final Viewers viewers;
        private final Viewers viewersElsewhere;
        private final Viewers uploaders;
        private final List<Viewed> peers = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private final List<Future<?>> futures = new ArrayList<>();
        private boolean loopEnds;

        Round(LoopKind kind, Random random) throws Exception {
            this.random = random;
            fixture = kind.open();
            pipeline = GstPipeline.parse(fixture.loop(), DESCRIPTIONS[random.nextInt(DESCRIPTIONS.length)]);
            pipeline.addListener(message -> {});
            source = AppSinkSource.builder(pipeline, "out")
                    .slowViewers(policy())
                    .maxPending(1 + random.nextInt(40))
                    .build();
            handler = AppSrcHandler.builder(pipeline, "in")
                    .maxBytes(1 + random.nextInt(100_000))
                    .keepOpen(random.nextBoolean())
                    .build();
            viewers = new Viewers(fixture.group());
            viewersElsewhere = new Viewers(others);
            uploaders = new Viewers(random.nextBoolean() ? fixture.group() : others, handler);
        }

        private SlowViewerPolicy policy() {
            return switch (random.nextInt(4)) {
                case 0 -> SlowViewerPolicy.block();
                case 1 -> SlowViewerPolicy.dropToKeyFrame();
                case 2 -> SlowViewerPolicy.dropOldest(1 + random.nextInt(5));
                default -> SlowViewerPolicy.close(1 + random.nextInt(50));
            };
        }

        /** {@return how many frames have come to the source} */
        long run() throws Exception {
            LibGst.gst_object_ref(pipeline.address());
            view();
            futures.add(pipeline.play());
            upload();
            for (int i = 0; i < STEPS && !loopEnds; i++) {
                act(random.nextInt(100));
                if (random.nextInt(3) > 0) {
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(4000));
                }
            }
            finish();
            return source.metrics().frames();
        }

        private void act(int what) throws Exception {
            if (what < 18) {
                view();
            } else if (what < 32) {
                upload();
            } else if (what < 44) {
                kill(anyone());
            } else if (what < 52) {
                anyone().channel.close();
            } else if (what < 58) {
                futures.add(source.remove(anyone().channel));
            } else if (what < 65) {
                move(anyone().channel);
            } else if (what < 69) {
                futures.add(pipeline.ready());
            } else if (what < 82) {
                futures.add(pipeline.play());
            } else if (what < 85) {
                futures.add(pipeline.setState(GstState.NULL));
            } else if (what < 89) {
                futures.add(pipeline.sendEndOfStream());
            } else if (what < 92) {
                anywhere(source::close);
            } else if (what < 95) {
                anywhere(handler::close);
            } else if (what < 97) {
                anywhere(pipeline::close);
            } else {
                loopEnds = true;
                fixture.group().shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
            }
        }

        private void anywhere(Runnable action) throws Exception {
            if (random.nextBoolean()) {
                action.run();
            } else {
                fixture.run(action);
            }
        }

        /** Some read, some never do. */
        private void view() throws Exception {
            Viewed viewed = (random.nextBoolean() ? viewers : viewersElsewhere).connect();
            peers.add(viewed);
            futures.add(source.add(viewed.channel));
            if (random.nextInt(3) > 0) {
                start(() -> {
                    InputStream in = viewed.input();
                    byte[] bytes = new byte[8192];
                    while (in.read(bytes) >= 0) {
                        // Whatever it is.
                    }
                });
            }
        }

        private void upload() throws Exception {
            Viewed viewed = uploaders.connect();
            peers.add(viewed);
            int pieces = 1 + random.nextInt(200);
            int size = 1 + random.nextInt(5000);
            boolean hangsOn = random.nextBoolean();
            start(() -> {
                OutputStream out = viewed.socket().getOutputStream();
                for (int i = 0; i < pieces; i++) {
                    out.write(new byte[size]);
                }
                if (!hangsOn) {
                    viewed.socket().close();
                }
            });
        }

        /** Until it is at its end or fails, as it does when the socket is closed. */
        private void start(Transfer transfer) {
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try {
                    transfer.run();
                } catch (IOException e) {
                    assertThat(e).isInstanceOf(SocketException.class);
                }
            }));
        }

        private Viewed anyone() {
            return peers.get(random.nextInt(peers.size()));
        }

        private void kill(Viewed viewed) throws IOException {
            Socket socket = viewed.socket();
            if (random.nextBoolean()) {
                try {
                    // What it was sent and has not read is answered by RST.
                    socket.setSoLinger(true, 0);
                } catch (SocketException e) {
                    assertThat(socket.isClosed())
                            .as("its uploader may close it")
                            .isTrue();
                }
            }
            socket.close();
        }

        private void move(Channel channel) {
            EventLoopGroup target = random.nextBoolean() ? others : fixture.group();
            Future<Void> left = channel.deregister();
            futures.add(left);
            left.addListener(done -> target.register(channel));
        }

        private void finish() throws Exception {
            if (random.nextBoolean()) {
                futures.add(pipeline.close());
            }
            fixture.close();
            others.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
            assertThat(others.awaitTermination(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
            Await.success(pipeline.close());
            for (Future<?> future : futures) {
                Await.done(future);
            }
            close();
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(Await.SECONDS))).isTrue();
            }
            awaitNothingLeft();
        }

        /** What others had left behind may have gone meanwhile: java-gi's objects keep elements until they are collected. */
        private void awaitNothingLeft() throws InterruptedException {
            Await.until(() -> source.viewers() == 0, () -> source.viewers() + " viewers");
            Await.until(() -> AppSinkCallbacks.live() <= sinksBefore, () -> AppSinkCallbacks.live() + " sources");
            Await.until(
                    () -> AppSrcCallbacks.targets() <= sourcesBefore, () -> AppSrcCallbacks.targets() + " handlers");
            LastReference.drop(pipeline.address());
            // Elements may keep what they were given last.
            Await.until(() -> WrappedBytes.lent() <= lentBefore, () -> WrappedBytes.lent() + " buffers lent");
        }

        @Override
        public void close() throws Exception {
            for (Viewers each : List.of(viewers, viewersElsewhere, uploaders)) {
                each.close();
            }
        }
    }

    @FunctionalInterface
    private interface Transfer {
        void run() throws IOException;
    }
}
