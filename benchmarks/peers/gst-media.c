// A media server in plain C: a GStreamer pipeline whose last element sends what it gets to every client that has connected.
//
//   gst-media tcpserversink|multifdsink SOURCE
//
// SOURCE is the description of everything before that element, as gst-launch-1.0 takes it. tcpserversink listens by itself;
// multifdsink is handed sockets, which are made as those of the server on the JVM are.
#include <arpa/inet.h>
#include <errno.h>
#include <gst/gst.h>
#include <netinet/tcp.h>
#include <string.h>

#include "peer.h"

static GstElement *pipeline, *sink;

G_GNUC_NORETURN static void media_fail(const char *what, const char *why)
{
    fprintf(stderr, "gst-media: %s: %s\n", what, why);
    exit(1);
}

static void launch(const char *source, const char *end)
{
    GError *error = NULL;
    char *description = g_strdup_printf("%s ! %s", source, end);
    pipeline = gst_parse_launch_full(description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
    if (pipeline == NULL)
        media_fail(description, error->message);
    g_free(description);
    sink = gst_bin_get_by_name(GST_BIN(pipeline), "out");
}

static void play(void)
{
    if (gst_element_set_state(pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE
        || gst_element_get_state(pipeline, NULL, NULL, 10 * GST_SECOND) == GST_STATE_CHANGE_FAILURE)
        media_fail("play", "the pipeline does not start");
}

// The only news that a pipeline like this has is that it failed.
static gpointer wait_for_failure(gpointer unused)
{
    GstBus *bus = gst_element_get_bus(pipeline);
    GError *error = NULL;
    gst_message_parse_error(gst_bus_timed_pop_filtered(bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_ERROR), &error, NULL);
    media_fail("pipeline", error->message);
}

static void removed(GstElement *element, gint fd, gpointer unused)
{
    close(fd);
}

static int listen_on_loopback(struct sockaddr_in *address)
{
    socklen_t length = sizeof *address;
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)address, length) != 0 || listen(listener, PEER_BACKLOG) != 0
        || getsockname(listener, (struct sockaddr *)address, &length) != 0)
        media_fail("listen", strerror(errno));
    return listener;
}

G_GNUC_NORETURN static void accept_all(int listener)
{
    for (;;) {
        int on = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd < 0)
            media_fail("accept", strerror(errno));
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        g_signal_emit_by_name(sink, "add", fd);
    }
}

int main(int argc, char **argv)
{
    fdlimit_raise();
    gst_init(NULL, NULL);
    if (argc == 3 && strcmp(argv[1], "tcpserversink") == 0) {
        gint port;
        launch(argv[2], "tcpserversink name=out host=127.0.0.1 port=0");
        play();
        g_object_get(sink, "current-port", &port, NULL);
        peer_ready("%d", port);
        wait_for_failure(NULL);
    } else if (argc == 3 && strcmp(argv[1], "multifdsink") == 0) {
        struct sockaddr_in address;
        launch(argv[2], "multifdsink name=out");
        g_signal_connect(sink, "client-fd-removed", G_CALLBACK(removed), NULL);
        play();
        g_thread_new("bus", wait_for_failure, NULL);
        int listener = listen_on_loopback(&address);
        peer_ready("%d", ntohs(address.sin_port));
        accept_all(listener);
    }
    fprintf(stderr, "usage: %s tcpserversink|multifdsink SOURCE\n", argv[0]);
    return 2;
}
