package org.nettyglib.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.File;

/**
 * Sends a whole file for each byte it gets. The arguments are the {@linkplain Transport#id() transport}, where it listens, and
 * the file.
 */
public final class FileServer {

    private FileServer() {}

    public static void main(String[] args) throws Exception {
        BenchServer.run(Transport.byId(args[0]), args[1], new FileHandler(new File(args[2])));
    }

    @Sharable
    private static final class FileHandler extends SimpleChannelInboundHandler<ByteBuf> {

        private final File file;

        FileHandler(File file) {
            this.file = file;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which the load sees
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            for (int asked = message.readableBytes(); asked > 0; asked--) {
                context.write(new DefaultFileRegion(file, 0, file.length()));
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            BenchServer.closeOnError(context, cause);
        }
    }
}
