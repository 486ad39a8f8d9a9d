package org.nettyglib.gio;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.TimeUnit;
import org.nettyglib.loop.GLibIoHandler;
import org.nettyglib.loop.GLibTransport;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** The event loops that operations of GIO can be started on. */
enum GioLoopKind {
    OWN_THREAD {
        @Override
        GioLoop open() {
            return of(LoopKind.OWN_THREAD.open());
        }
    },

    ATTACHED {
        @Override
        GioLoop open() {
            return of(LoopKind.ATTACHED.open());
        }
    },

    /** Netty's own event loop, which waits by {@link GLibIoHandler}. */
    NETTYS {
        @Override
        GioLoop open() {
            MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, GLibIoHandler.newFactory());
            return new GioLoop(
                    group.next(),
                    () -> group.shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .sync());
        }
    };

    static {
        GLibTransport.initJavaGi();
    }

    /** A loop of this kind, to be closed. */
    abstract GioLoop open();

    private static GioLoop of(LoopFixture fixture) {
        return new GioLoop(fixture.loop(), fixture::close);
    }
}
