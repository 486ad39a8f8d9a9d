// The load of a server that has a user interface thread: small stamped messages at a given pace, on one connection. The server
// notes on that thread how long each was under way, and hands the times over at the end of the window.
//
//   handover-load [--per-second N] …   see load.h for the rest
//
// A message is 64 bytes: its kind, its number and when it was sent (CLOCK_MONOTONIC, before send(2)), 64 bits each and little
// endian, and padding. "sync" is answered with a 64-bit zero, "reset" too, and it forgets what was noted; "report" is answered with
// how many times were noted and then those, in nanoseconds.
//
// It says when the connection is open: open per_second=1000 seconds=0.002
#include <endian.h>
#include <netinet/tcp.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <unistd.h>

#include "load.h"

#define WORDS 8
#define ANSWER_SECONDS 10

enum kind { NOTE, RESET, SYNC, REPORT };

static int per_second = 1000;
static int fd;
static uint64_t sequence;
static struct load_window window;

static void send_one(enum kind kind)
{
    uint64_t message[WORDS] = {htole64(kind), htole64(++sequence), htole64(now())};
    ssize_t sent = send(fd, message, sizeof message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN)
        stalled("sending", 0, 1);
    if (sent != (ssize_t)sizeof message)
        fail("send: %s", sent < 0 ? strerror(errno) : "short");
}

static uint64_t receive_word(void)
{
    uint64_t word;
    ssize_t got = recv(fd, &word, sizeof word, MSG_WAITALL);
    if (got < 0 && errno == EAGAIN)
        stalled("asking", 0, 1);
    if (got != (ssize_t)sizeof word)
        fail("recv: %s", got < 0 ? strerror(errno) : "the server closed the connection");
    return le64toh(word);
}

// All that was sent before has been through the server when this returns.
static uint64_t ask(enum kind kind)
{
    send_one(kind);
    return receive_word();
}

static void sleep_until(uint64_t at)
{
    struct timespec time = {.tv_sec = (time_t)(at / NANOS_PER_SECOND), .tv_nsec = (long)(at % NANOS_PER_SECOND)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

// The pauses differ, so that they do not run along with a timer of the server's or of the kernel's. What is late is made up for.
static uint64_t send_until(uint64_t end)
{
    uint64_t mean = NANOS_PER_SECOND / (uint64_t)per_second, next = now(), sent = 0;
    while (next < end) {
        if (now() < next)
            sleep_until(next);
        send_one(NOTE);
        sent++;
        next += mean / 2 + (uint64_t)random() % mean;
    }
    return sent;
}

static void run(double warm_up, double seconds)
{
    window_start(&window, warm_up, seconds);
    send_until(window.measure_at);
    ask(RESET);
    sleep_until(window.measure_at);
    window_look(&window);
    uint64_t sent = send_until(window.end_at);
    ask(SYNC);
    window_close(&window);
    uint64_t noted = ask(REPORT);
    if (noted != sent)
        fail("%" PRIu64 " messages were sent, and %" PRIu64 " arrived", sent, noted);
    while (noted-- > 0)
        window_add(&window, 1, receive_word());
    window_print(&window);
}

static void open_connection(void)
{
    int on = 1;
    struct timeval bound = {.tv_sec = ANSWER_SECONDS};
    struct sockaddr_storage to;
    socklen_t length = server_address(&to);
    fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, length) != 0)
        fail("connect: %s", strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof bound);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
}

int main(int argc, char **argv)
{
    static const struct load_option own[] = {{"--per-second", &per_second, 1}, {0}};
    load_parse(argc, argv, own);
    // A sleep that ends 50 µs late would make heaps of the messages.
    prctl(PR_SET_TIMERSLACK, 1);
    uint64_t start = now();
    open_connection();
    ask(SYNC);
    printf("open per_second=%d seconds=%.3f\n", per_second, (double)(now() - start) / 1e9);
    fflush(stdout);
    load_serve(run);
    return 0;
}
