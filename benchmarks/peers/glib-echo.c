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
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        g_unix_fd_add(fd, G_IO_IN, echo, NULL);
    }
}

int main(int argc, char **argv)
{
    fdlimit_raise();
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0
        || listen(listener, PEER_BACKLOG) != 0 || getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
        perror("glib-echo: listen");
        return 1;
    }
    g_unix_fd_add(listener, G_IO_IN, accept_all, NULL);
    peer_ready(ntohs(address.sin_port));
    g_main_loop_run(g_main_loop_new(NULL, FALSE));
    return 0;
}
