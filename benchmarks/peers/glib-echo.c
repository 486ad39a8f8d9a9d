// An echo server in plain C on GLib: a GUnix fd source per connection, read(2) and write(2).
#include <arpa/inet.h>
#include <errno.h>
#include <glib-unix.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "peer.h"

// One buffer serves all connections: one thread, and nothing is kept between two calls.
static char buffer[2048];

static gboolean echo(gint fd, GIOCondition condition, gpointer unused)
{
    ssize_t got = read(fd, buffer, sizeof buffer);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return G_SOURCE_CONTINUE;
    if (got <= 0) {
        close(fd);
        return G_SOURCE_REMOVE;
    }
    // The load never sends before it has the last answer, so the send buffer always has room.
    if (write(fd, buffer, got) != got) {
        fprintf(stderr, "glib-echo: short write: %s\n", strerror(errno));
        exit(1);
    }
    return G_SOURCE_CONTINUE;
}

static gboolean accept_all(gint listener, GIOCondition condition, gpointer unused)
{
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED)
                return G_SOURCE_CONTINUE;
            perror("glib-echo: accept");
            exit(1);
        }
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); // refused on a Unix socket, which has no such thing
        g_unix_fd_add(fd, G_IO_IN, echo, NULL);
    }
}

static void listen_on(struct sockaddr *address, socklen_t length)
{
    int listener = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, address, length) != 0 || listen(listener, PEER_BACKLOG) != 0
        || getsockname(listener, address, &length) != 0) {
        perror("glib-echo: listen");
        exit(1);
    }
    g_unix_fd_add(listener, G_IO_IN, accept_all, NULL);
}

int main(int argc, char **argv)
{
    fdlimit_raise();
    struct sockaddr_un local;
    struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (peer_unix_address(argc, argv, &local)) {
        listen_on((struct sockaddr *)&local, sizeof local);
        peer_ready("%s", local.sun_path);
    } else {
        listen_on((struct sockaddr *)&loopback, sizeof loopback);
        peer_ready("%d", ntohs(loopback.sin_port));
    }
    g_main_loop_run(g_main_loop_new(NULL, FALSE));
    return 0;
}
