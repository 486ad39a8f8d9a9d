// The load: one thread that plays ping-pong with an echo server on some connections and leaves others open and silent.
//
//   load --port PORT [--busy N] [--idle N] [--pid PID] [--open-timeout SECONDS] [--warm-up SECONDS --seconds SECONDS]
//
// With --seconds it does one run and ends. Without, it reads commands from standard input until that ends:
//   run WARM_UP SECONDS
// and keeps the connections open in between, so that several servers can be measured in turn. One line answers each step:
//   open busy=32 idle=10000 seconds=0.412
//   result messages=… seconds=… per_second=… p50_us=… p99_us=… max_us=… cpu_us=…
//   stalled while=opening done=1234 of=10032
// cpu_us is what the process PID used, user and system, between the first and the last instant of the measured window.
// Exit status: 0 all went well, 1 an error (named on standard error), 2 wrong usage, 3 the server stalled.
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "fdlimit.h"
#include "histogram.h"

#define WORDS 8
#define MESSAGE (WORDS * sizeof(uint64_t)) // 64 bytes
#define EVENTS 512
// Connections whose first message was not answered yet; below the servers' backlog, so that no SYN is ever dropped.
#define OPENING 1000
#define SPARE_DESCRIPTORS 32
#define PORTS_PER_ADDRESS 20000
#define DRAIN_SECONDS 10
#define EXIT_STALLED 3

struct connection {
    int fd;
    uint32_t got;
    uint64_t sequence;
    uint64_t sent_at;
    uint64_t message[WORDS];
};

static struct options {
    int port, busy, idle, pid;
    double open_timeout, warm_up, seconds;
} options = {.busy = 1, .open_timeout = 30};

// The silent connections come first: a server that searches its connections one by one has the busy ones at the far end.
static struct connection *connections;
static int connection_count;
static int epoll_fd;
static struct histogram latency;

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("load: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    exit(1);
}

static void stalled(const char *phase, int done, int of)
{
    printf("stalled while=%s done=%d of=%d\n", phase, done, of);
    fflush(stdout);
    exit(EXIT_STALLED);
}

static uint64_t now_ns(clockid_t clock)
{
    struct timespec time;
    if (clock_gettime(clock, &time) != 0)
        fail("clock_gettime: %s", strerror(errno));
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t now(void)
{
    return now_ns(CLOCK_MONOTONIC);
}

// The server's CPU time to the nanosecond, with that of threads which have ended (proc(5)'s stat has ticks of 10 ms).
static uint64_t server_cpu(void)
{
    clockid_t clock;
    if (options.pid == 0)
        return 0;
    int error = clock_getcpuclockid(options.pid, &clock);
    if (error != 0)
        fail("no CPU clock of process %d: %s", options.pid, strerror(error));
    return now_ns(clock);
}

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
static struct sockaddr_in source_address(int index)
{
    uint32_t host = ((uint32_t)getpid() * 16 + (uint32_t)(index / PORTS_PER_ADDRESS)) % 0xfffff0 + 2;
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000000u | host)};
}

static void connect_one(struct connection *connection)
{
    int on = 1;
    struct timeval bound = {.tv_sec = 5};
    struct sockaddr_in from = source_address(index_of(connection));
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail("socket %d: %s", index_of(connection), strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof bound); // bounds connect(2), see socket(7)
    if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0)
        fail("bind to %s: %s", inet_ntoa(from.sin_addr), strerror(errno));
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        if (errno == EINPROGRESS)
            stalled("connecting", index_of(connection), connection_count);
        fail("connection %d: connect: %s", index_of(connection), strerror(errno));
    }
    connection->fd = fd;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
        fail("epoll_ctl: %s", strerror(errno));
}

static int wait_events(struct epoll_event *events, uint64_t until)
{
    uint64_t at = now();
    int timeout = until <= at ? 0 : (int)((until - at) / 1000000u) + 1;
    int ready = epoll_wait(epoll_fd, events, EVENTS, timeout);
    if (ready < 0 && errno != EINTR)
        fail("epoll_wait: %s", strerror(errno));
    return ready < 0 ? 0 : ready;
}

// A connection counts as open when the server has answered a first message on it: the kernel alone completes a
// handshake, so without that nobody would know whether the server has accepted it.
static void open_all(void)
{
    struct epoll_event events[EVENTS];
    uint64_t start = now(), until = start + (uint64_t)(options.open_timeout * 1e9);
    int begun = 0, opened = 0;
    while (opened < connection_count) {
        while (begun < connection_count && begun - opened < OPENING) {
            connect_one(&connections[begun]);
            send_next(&connections[begun++], 0);
        }
        int ready = wait_events(events, until);
        for (int i = 0; i < ready; i++)
            opened += receive(events[i].data.ptr);
        if (now() >= until && opened < connection_count)
            stalled("opening", opened, connection_count);
    }
    printf("open busy=%d idle=%d seconds=%.3f\n", options.busy, options.idle, (double)(now() - start) / 1e9);
    fflush(stdout);
}

// The window is closed when the last message that counts has come; the messages still under way are waited for.
static void drain(int outstanding)
{
    struct epoll_event events[EVENTS];
    uint64_t until = now() + DRAIN_SECONDS * 1000000000ull;
    while (outstanding > 0) {
        int ready = wait_events(events, until);
        for (int i = 0; i < ready; i++)
            outstanding -= receive(events[i].data.ptr);
        if (now() >= until && outstanding > 0)
            stalled("draining", options.busy - outstanding, options.busy);
    }
}

static void print_result(uint64_t messages, uint64_t elapsed, uint64_t cpu)
{
    double seconds = (double)elapsed / 1e9;
    printf("result messages=%" PRIu64 " seconds=%.6f per_second=%.1f p50_us=%.2f p99_us=%.2f max_us=%.2f cpu_us=%.3f\n",
        messages, seconds, (double)messages / seconds, (double)histogram_quantile(&latency, 0.50) / 1e3,
        (double)histogram_quantile(&latency, 0.99) / 1e3, (double)latency.max / 1e3, (double)cpu / 1e3);
    fflush(stdout);
}

static void run(double warm_up, double seconds)
{
    struct epoll_event events[EVENTS];
    uint64_t at = now(), measure_at = at + (uint64_t)(warm_up * 1e9), end_at = measure_at + (uint64_t)(seconds * 1e9);
    uint64_t messages = 0, started = 0, cpu = 0;
    bool measuring = false;
    int outstanding = options.busy;

    histogram_reset(&latency);
    for (int i = 0; i < options.busy; i++)
        send_next(&connections[options.idle + i], at);
    while (!measuring || at < end_at) {
        int ready = wait_events(events, measuring ? end_at : measure_at);
        at = now();
        if (!measuring && at >= measure_at) {
            measuring = true;
            cpu = server_cpu();
            started = at = now();
            end_at = started + (uint64_t)(seconds * 1e9);
        }
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            if (!receive(connection))
                continue;
            at = now();
            if (measuring) {
                messages++;
                histogram_add(&latency, at - connection->sent_at);
            }
            if (!measuring || at < end_at)
                send_next(connection, at);
            else
                outstanding--;
        }
    }
    cpu = server_cpu() - cpu;
    uint64_t elapsed = now() - started;
    drain(outstanding);
    print_result(messages, elapsed, cpu);
}

static void serve_commands(void)
{
    char line[128];
    while (fgets(line, sizeof line, stdin) != NULL) {
        double warm_up, seconds;
        if (sscanf(line, "run %lf %lf", &warm_up, &seconds) != 2)
            fail("unknown command: %s", line);
        run(warm_up, seconds);
    }
}

static void usage(void)
{
    fputs("usage: load --port PORT [--busy N] [--idle N] [--pid PID] [--open-timeout SECONDS]\n"
          "            [--warm-up SECONDS --seconds SECONDS]\n",
        stderr);
    exit(2);
}

static void parse(int argc, char **argv)
{
    static const struct option names[] = {{"port", 1, NULL, 'p'}, {"busy", 1, NULL, 'b'}, {"idle", 1, NULL, 'i'},
        {"pid", 1, NULL, 'c'}, {"open-timeout", 1, NULL, 'o'}, {"warm-up", 1, NULL, 'w'}, {"seconds", 1, NULL, 's'},
        {NULL, 0, NULL, 0}};
    for (int option; (option = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        switch (option) {
        case 'p': options.port = atoi(optarg); break;
        case 'b': options.busy = atoi(optarg); break;
        case 'i': options.idle = atoi(optarg); break;
        case 'c': options.pid = atoi(optarg); break;
        case 'o': options.open_timeout = atof(optarg); break;
        case 'w': options.warm_up = atof(optarg); break;
        case 's': options.seconds = atof(optarg); break;
        default: usage();
        }
    }
    if (options.port <= 0 || options.busy < 1 || options.idle < 0 || optind != argc)
        usage();
}

int main(int argc, char **argv)
{
    parse(argc, argv);
    connection_count = options.busy + options.idle;
    rlim_t descriptors = fdlimit_raise();
    if (descriptors < (rlim_t)connection_count + SPARE_DESCRIPTORS)
        fail("%d connections need more descriptors than the limit of %ju (ulimit -Hn)", connection_count,
            (uintmax_t)descriptors);
    connections = calloc((size_t)connection_count, sizeof *connections);
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (connections == NULL || epoll_fd < 0)
        fail("no memory or no epoll: %s", strerror(errno));
    open_all();
    if (options.seconds > 0)
        run(options.warm_up, options.seconds);
    else
        serve_commands();
    return 0;
}
