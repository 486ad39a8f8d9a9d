// The load of an echo server on a stream: one thread that plays ping-pong on some connections and leaves others open and silent.
//
//   echo-load [--busy N] [--idle N] …   see load.h for the rest
//
// It says when the connections are open: open busy=32 idle=10000 seconds=0.412
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/time.h>
#include <unistd.h>

#include "fdlimit.h"
#include "load.h"

#define WORDS 8
#define MESSAGE (WORDS * sizeof(uint64_t)) // 64 bytes
#define EVENTS 512
// Connections whose first message was not answered yet; below the servers' backlog, so that no SYN is ever dropped.
#define OPENING 1000
#define SPARE_DESCRIPTORS 32
#define PORTS_PER_ADDRESS 20000
#define DRAIN_SECONDS 10

struct connection {
    int fd;
    uint32_t got;
    uint64_t sequence;
    uint64_t sent_at;
    uint64_t message[WORDS];
};

// The silent connections come first: a server that searches its connections one by one has the busy ones at the far end.
static struct connection *connections;
static int busy = 1, idle, connection_count;
static int epoll_fd;
static struct load_window window;

static int index_of(const struct connection *connection)
{
    return (int)(connection - connections);
}

// Every message differs from all others, so a lost, repeated or crossed answer is seen.
static void send_next(struct connection *connection, uint64_t at)
{
    connection->sequence++;
    for (uint64_t word = 0; word < WORDS; word++)
        connection->message[word] =
            (connection->sequence * 0x9e3779b97f4a7c15u) ^ ((uint64_t)index_of(connection) << 32) ^ word;
    connection->got = 0;
    connection->sent_at = at;
    ssize_t sent = send(connection->fd, connection->message, MESSAGE, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != (ssize_t)MESSAGE)
        fail("connection %d: send: %s", index_of(connection), sent < 0 ? strerror(errno) : "short");
}

// True when the whole answer has come.
static bool receive(struct connection *connection)
{
    char answer[MESSAGE];
    size_t wanted = MESSAGE - connection->got;
    // Nothing is wanted of a silent connection: then whatever comes is an error.
    ssize_t got = recv(connection->fd, answer, wanted == 0 ? 1 : wanted, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got < 0)
        fail("connection %d: recv: %s", index_of(connection), strerror(errno));
    if (got == 0)
        fail("connection %d was closed by the server", index_of(connection));
    if (wanted == 0)
        fail("connection %d: a byte that nobody asked for", index_of(connection));
    if (memcmp(answer, (char *)connection->message + connection->got, (size_t)got) != 0)
        fail("connection %d: message %" PRIu64 " came back changed", index_of(connection), connection->sequence);
    connection->got += (uint32_t)got;
    return connection->got == MESSAGE;
}

// Each process connects from loopback addresses of its own, so that ports in TIME_WAIT never run out.
static void bind_source(int fd, int index)
{
    int on = 1;
    uint32_t host = ((uint32_t)getpid() * 16 + (uint32_t)(index / PORTS_PER_ADDRESS)) % 0xfffff0 + 2;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000000u | host)};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0)
        fail("bind to %s: %s", inet_ntoa(from.sin_addr), strerror(errno));
}

static void connect_one(struct connection *connection)
{
    struct timeval bound = {.tv_sec = 5};
    struct sockaddr_storage to;
    socklen_t length = server_address(&to);
    int fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail("socket %d: %s", index_of(connection), strerror(errno));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof bound); // bounds connect(2), see socket(7)
    if (!load_is_unix())
        bind_source(fd, index_of(connection));
    if (connect(fd, (struct sockaddr *)&to, length) != 0) {
        // The one means that the time is over on TCP, the other on a Unix socket.
        if (errno == EINPROGRESS || errno == EAGAIN)
            stalled("connecting", index_of(connection), connection_count);
        fail("connection %d: connect: %s", index_of(connection), strerror(errno));
    }
    connection->fd = fd;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
        fail("epoll_ctl: %s", strerror(errno));
}

// A connection counts as open when the server has answered a first message on it: the kernel alone completes a
// handshake, so without that nobody would know whether the server has accepted it.
static void open_all(void)
{
    struct epoll_event events[EVENTS];
    uint64_t start = now(), until = start + nanos(load.open_timeout);
    int begun = 0, opened = 0;
    while (opened < connection_count) {
        while (begun < connection_count && begun - opened < OPENING) {
            connect_one(&connections[begun]);
            send_next(&connections[begun++], 0);
        }
        int ready = wait_events(epoll_fd, events, EVENTS, until);
        for (int i = 0; i < ready; i++)
            opened += receive(events[i].data.ptr);
        if (now() >= until && opened < connection_count)
            stalled("opening", opened, connection_count);
    }
    printf("open busy=%d idle=%d seconds=%.3f\n", busy, idle, (double)(now() - start) / 1e9);
    fflush(stdout);
}

// The window is closed when the last message that counts has come; the messages still under way are waited for.
static void drain(int outstanding)
{
    struct epoll_event events[EVENTS];
    uint64_t until = now() + nanos(DRAIN_SECONDS);
    while (outstanding > 0) {
        int ready = wait_events(epoll_fd, events, EVENTS, until);
        for (int i = 0; i < ready; i++)
            outstanding -= receive(events[i].data.ptr);
        if (now() >= until && outstanding > 0)
            stalled("draining", busy - outstanding, busy);
    }
}

static void run(double warm_up, double seconds)
{
    struct epoll_event events[EVENTS];
    int outstanding = busy;
    uint64_t at = now();

    window_start(&window, warm_up, seconds);
    for (int i = 0; i < busy; i++)
        send_next(&connections[idle + i], at);
    while (!window_is_over(&window, at)) {
        int ready = wait_events(epoll_fd, events, EVENTS, window_next_look(&window));
        at = window_look(&window);
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            if (!receive(connection))
                continue;
            at = now();
            window_add(&window, 1, at - connection->sent_at);
            if (window_is_over(&window, at))
                outstanding--;
            else
                send_next(connection, at);
        }
    }
    window_close(&window);
    drain(outstanding);
    window_print(&window);
}

int main(int argc, char **argv)
{
    static const struct load_option own[] = {{"--busy", &busy, 1}, {"--idle", &idle, 0}, {0}};
    load_parse(argc, argv, own);
    connection_count = busy + idle;
    rlim_t descriptors = fdlimit_raise();
    if (descriptors < (rlim_t)connection_count + SPARE_DESCRIPTORS)
        fail("%d connections need more descriptors than the limit of %ju (ulimit -Hn)", connection_count,
            (uintmax_t)descriptors);
    connections = calloc((size_t)connection_count, sizeof *connections);
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (connections == NULL || epoll_fd < 0)
        fail("no memory or no epoll: %s", strerror(errno));
    open_all();
    load_serve(run);
    return 0;
}
