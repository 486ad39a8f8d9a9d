package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.gstreamer.ffi.RawGst;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/**
 * Anything at any moment, by any thread. What has to hold: each future is done in the end, and nothing of a pipeline is left.
 */
class PipelineFuzzTest {
    private static final int STEPS = 30;

    /** The appsinks are read by nobody: their streaming threads wait until somebody stops the pipeline. */
    private static final String[] DESCRIPTIONS = {
        "appsrc name=src ! queue ! appsink name=sink max-buffers=1",
        "videotestsrc name=src ! video/x-raw,width=32,height=32 ! appsink name=sink max-buffers=2",
        "videotestsrc name=src is-live=true num-buffers=5 ! queue ! fakesink name=sink sync=true",
        "audiotestsrc name=src is-live=true ! tee name=t ! queue ! appsink name=sink max-buffers=1 t. ! queue ! fakesink",
        "fakesrc name=src num-buffers=2 ! identity error-after=1 ! fakesink name=sink",
        "filesrc name=src location=/nowhere ! fakesink name=sink",
    };

    @BeforeAll
    static void requireElements() {
        GStreamer.requireElements(
                "appsink", "appsrc", "audiotestsrc", "fakesink", "fakesrc", "filesrc", "identity", "queue", "tee");
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNothingWhateverHappens(LoopKind kind) {
        FuzzRounds.run(PipelineFuzzTest.class, kind, random -> {
            try (LoopFixture fixture = kind.open()) {
                new Round(fixture, random).run();
            }
        });
    }

    private static final class Round {
        private final LoopFixture fixture;
        private final Random random;
        private final List<GstPipeline> pipelines = new ArrayList<>();
        private final List<Future<?>> futures = new ArrayList<>();
        private final List<Channel> channels = new ArrayList<>();
        private boolean loopEnds;

        Round(LoopFixture fixture, Random random) {
            this.fixture = fixture;
            this.random = random;
        }

        void run() throws Exception {
            for (int i = 0; i <= random.nextInt(3); i++) {
                open();
            }
            List<Long> addresses = new ArrayList<>();
            for (GstPipeline pipeline : pipelines) {
                LibGst.gst_object_ref(pipeline.address());
                addresses.add(pipeline.address());
            }
            for (int i = 0; i < STEPS && !loopEnds; i++) {
                GstPipeline pipeline = pipelines.get(random.nextInt(pipelines.size()));
                int what = random.nextInt(100);
                if (random.nextBoolean()) {
                    act(pipeline, what);
                } else {
                    fixture.loop().submit(() -> act(pipeline, what)).get(Await.SECONDS, TimeUnit.SECONDS);
                }
                if (random.nextInt(3) == 0) {
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(3000));
                }
            }
            finish(addresses);
        }

        private void open() throws Exception {
            GstPipeline pipeline = GstPipeline.parse(fixture.loop(), DESCRIPTIONS[random.nextInt(DESCRIPTIONS.length)]);
            pipelines.add(pipeline);
            pipeline.addListener(message -> {});
            if (random.nextInt(3) == 0) {
                Channel server = fixture.serve(() -> new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new PipelineChannelHandler(pipeline, true), new Quiet());
                    }
                });
                channels.add(server);
                channels.add(fixture.connect(server).channel());
            }
        }

        private void act(GstPipeline pipeline, int what) {
            if (what < 20) {
                futures.add(pipeline.play());
            } else if (what < 35) {
                futures.add(pipeline.pause());
            } else if (what < 45) {
                futures.add(pipeline.ready());
            } else if (what < 52) {
                futures.add(pipeline.setState(GstState.NULL));
            } else if (what < 57) {
                futures.add(pipeline.setState(GstState.PLAYING, Duration.ofMillis(what - 52)));
            } else if (what < 64) {
                futures.add(pipeline.sendEndOfStream());
            } else if (what < 70) {
                futures.add(pipeline.endOfStream());
            } else if (what < 78) {
                post(pipeline);
            } else if (what < 84) {
                pipeline.addListener(message -> pipeline.close());
            } else if (what < 88) {
                pipeline.has("sink");
                pipeline.state();
            } else if (what < 92) {
                futures.add(pipeline.close());
            } else if (what < 97) {
                channels.forEach(Channel::close);
            } else {
                loopEnds = true;
                fixture.group().shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
            }
        }

        private void post(GstPipeline pipeline) {
            try {
                long source = pipeline.rawElement("src");
                RawGst.post(source, random.nextBoolean() ? RawGst.newLatency(source) : RawGst.newClockLost(source));
                LibGst.gst_object_unref(source);
            } catch (IllegalStateException | RejectedExecutionException e) {
                assertThat(e).as("only if it is closed").hasMessageContaining("closed");
            }
        }

        private void finish(List<Long> addresses) throws Exception {
            if (random.nextBoolean()) {
                pipelines.forEach(GstPipeline::close);
            }
            fixture.close();
            for (GstPipeline pipeline : pipelines) {
                Await.success(pipeline.close());
            }
            for (Future<?> future : futures) {
                Await.done(future);
            }
            for (long address : addresses) {
                LastReference.drop(address);
            }
        }
    }

    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
    }
}
