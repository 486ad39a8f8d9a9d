// An echo server on UDP in plain C on GLib: a GUnix fd source, and a system call for each datagram or, when the argument is
// "batched", one for many.
#include <arpa/inet.h>
#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>

#include "peer.h"

// As many as the Netty servers read and write with one call, and before they let the loop go on.
#define MOST 64
#define MOST_BYTES 2048

static char buffers[MOST][MOST_BYTES];
static struct sockaddr_in senders[MOST];
static struct iovec vectors[MOST];
static struct mmsghdr messages[MOST];

static void check(const char *what, gboolean well)
{
    if (!well && errno != EAGAIN && errno != EINTR) {
        fprintf(stderr, "glib-udp: %s: %s\n", what, strerror(errno));
        exit(1);
    }
}

static gboolean echo_one_by_one(gint fd, GIOCondition condition, gpointer unused)
{
    for (int i = 0; i < MOST; i++) {
        struct sockaddr *sender = (struct sockaddr *)&senders[0];
        socklen_t length = sizeof senders[0];
        ssize_t got = recvfrom(fd, buffers[0], MOST_BYTES, 0, sender, &length);
        check("recvfrom", got >= 0);
        if (got < 0)
            break;
        check("sendto", sendto(fd, buffers[0], (size_t)got, 0, sender, length) == got);
    }
    return G_SOURCE_CONTINUE;
}

static gboolean echo_batched(gint fd, GIOCondition condition, gpointer unused)
{
    for (int i = 0; i < MOST; i++) {
        vectors[i] = (struct iovec){.iov_base = buffers[i], .iov_len = MOST_BYTES};
        messages[i].msg_hdr = (struct msghdr){.msg_name = &senders[i], .msg_namelen = sizeof senders[i],
            .msg_iov = &vectors[i], .msg_iovlen = 1};
    }
    int got = recvmmsg(fd, messages, MOST, 0, NULL);
    check("recvmmsg", got >= 0);
    for (int i = 0; i < got; i++)
        vectors[i].iov_len = messages[i].msg_len;
    for (int sent = 0; sent < got;) {
        int now_sent = sendmmsg(fd, messages + sent, (unsigned)(got - sent), 0);
        check("sendmmsg", now_sent >= 0);
        if (now_sent < 0)
            break; // no room: the rest is lost, as UDP may
        sent += now_sent;
    }
    return G_SOURCE_CONTINUE;
}

int main(int argc, char **argv)
{
    gboolean batched = argc > 1 && strcmp(argv[1], "batched") == 0;
    int size = 1 << 20;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size) != 0
        || bind(fd, (struct sockaddr *)&address, sizeof address) != 0
        || getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        perror("glib-udp: bind");
        return 1;
    }
    g_unix_fd_add(fd, G_IO_IN, batched ? echo_batched : echo_one_by_one, NULL);
    peer_ready("%d", ntohs(address.sin_port));
    g_main_loop_run(g_main_loop_new(NULL, FALSE));
    return 0;
}
