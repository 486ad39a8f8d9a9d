// What every load does around its own traffic: options, commands, the measured window, its result.
//
//   LOAD --to ADDRESS [--pid PID] [--open-timeout SECONDS] [--warm-up SECONDS --seconds SECONDS] [options of its own]
//
// ADDRESS is a port of the loopback address or the absolute path of a Unix socket. With --seconds the load does one run and
// ends. Without, it reads commands from standard input until that ends:
//   run WARM_UP SECONDS
// and stays connected in between, so that several servers can be measured in turn. One line answers each step:
//   open …
//   result messages=… seconds=… per_second=… p50_us=… p99_us=… max_us=… cpu_us=… lost=…
//   stalled while=opening done=1234 of=10032
// cpu_us is what the process PID used, user and system, between the first and the last instant of the measured window.
// Exit status: 0 all went well, 1 an error (named on standard error), 2 wrong usage, 3 the server stalled.
#ifndef LOAD_H
#define LOAD_H

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include "histogram.h"

#define EXIT_STALLED 3
#define NANOS_PER_SECOND 1000000000ull

static struct {
    const char *program, *to;
    int pid;
    double open_timeout, warm_up, seconds;
} load = {.open_timeout = 30};

// A whole number that one load alone knows.
struct load_option {
    const char *name;
    int *value;
    int least;
};

// One run: nothing counts before measure_at, nothing is sent after end_at.
struct load_window {
    bool measuring;
    double seconds;
    uint64_t measure_at, end_at, started, elapsed, cpu, messages, lost;
    struct histogram latency;
};

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s: ", load.program);
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

static uint64_t load_clock(clockid_t clock)
{
    struct timespec time;
    if (clock_gettime(clock, &time) != 0)
        fail("clock_gettime: %s", strerror(errno));
    return (uint64_t)time.tv_sec * NANOS_PER_SECOND + (uint64_t)time.tv_nsec;
}

static inline uint64_t now(void)
{
    return load_clock(CLOCK_MONOTONIC);
}

static inline uint64_t nanos(double seconds)
{
    return (uint64_t)(seconds * (double)NANOS_PER_SECOND);
}

// The server's CPU time to the nanosecond, with that of threads which have ended (proc(5)'s stat has ticks of 10 ms).
static uint64_t server_cpu(void)
{
    clockid_t clock;
    if (load.pid == 0)
        return 0;
    int error = clock_getcpuclockid(load.pid, &clock);
    if (error != 0)
        fail("no CPU clock of process %d: %s", load.pid, strerror(error));
    return load_clock(clock);
}

static inline bool load_is_unix(void)
{
    return load.to[0] == '/';
}

// Returns the length of the server's address.
static inline socklen_t server_address(struct sockaddr_storage *address)
{
    memset(address, 0, sizeof *address);
    if (load_is_unix()) {
        struct sockaddr_un *local = (struct sockaddr_un *)address;
        local->sun_family = AF_UNIX;
        if (strlen(load.to) >= sizeof local->sun_path)
            fail("too long for the path of a socket: %s", load.to);
        strcpy(local->sun_path, load.to);
        return sizeof *local;
    }
    struct sockaddr_in *internet = (struct sockaddr_in *)address;
    internet->sin_family = AF_INET;
    internet->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    internet->sin_port = htons((uint16_t)atoi(load.to));
    return sizeof *internet;
}

// Waits for events until a time, rounded up to milliseconds.
static inline int wait_events(int epoll_fd, struct epoll_event *events, int most, uint64_t until)
{
    uint64_t at = now();
    int timeout = until <= at ? 0 : (int)((until - at) / 1000000u) + 1;
    int ready = epoll_wait(epoll_fd, events, most, timeout);
    if (ready < 0 && errno != EINTR)
        fail("epoll_wait: %s", strerror(errno));
    return ready < 0 ? 0 : ready;
}

static inline void window_start(struct load_window *window, double warm_up, double seconds)
{
    histogram_reset(&window->latency);
    window->measuring = false;
    window->seconds = seconds;
    window->messages = window->lost = 0;
    window->measure_at = now() + nanos(warm_up);
    window->end_at = window->measure_at + nanos(seconds);
}

// Begins to count once it is time for that. Returns what time it is now.
static inline uint64_t window_look(struct load_window *window)
{
    uint64_t at = now();
    if (!window->measuring && at >= window->measure_at) {
        window->measuring = true;
        window->cpu = server_cpu();
        window->started = at = now();
        window->end_at = at + nanos(window->seconds);
    }
    return at;
}

static inline bool window_is_over(const struct load_window *window, uint64_t at)
{
    return window->measuring && at >= window->end_at;
}

static inline uint64_t window_next_look(const struct load_window *window)
{
    return window->measuring ? window->end_at : window->measure_at;
}

static inline void window_add(struct load_window *window, uint64_t messages, uint64_t latency)
{
    if (window->measuring) {
        window->messages += messages;
        histogram_add(&window->latency, latency);
    }
}

static inline void window_close(struct load_window *window)
{
    window->cpu = server_cpu() - window->cpu;
    window->elapsed = now() - window->started;
}

static inline void window_print(const struct load_window *window)
{
    double seconds = (double)window->elapsed / 1e9;
    printf("result messages=%" PRIu64 " seconds=%.6f per_second=%.1f p50_us=%.2f p99_us=%.2f max_us=%.2f cpu_us=%.3f"
           " lost=%" PRIu64 "\n",
        window->messages, seconds, (double)window->messages / seconds,
        (double)histogram_quantile(&window->latency, 0.50) / 1e3,
        (double)histogram_quantile(&window->latency, 0.99) / 1e3, (double)window->latency.max / 1e3,
        (double)window->cpu / 1e3, window->lost);
    fflush(stdout);
}

static void load_usage(const struct load_option *own)
{
    fprintf(stderr, "usage: %s --to PORT|PATH [--pid PID] [--open-timeout SECONDS] [--warm-up SECONDS --seconds SECONDS]",
        load.program);
    for (; own->name != NULL; own++)
        fprintf(stderr, " [%s N]", own->name);
    fputc('\n', stderr);
    exit(2);
}

static bool load_own_option(const struct load_option *own, const char *name, const char *value)
{
    for (; own->name != NULL; own++)
        if (strcmp(name, own->name) == 0) {
            *own->value = atoi(value);
            return *own->value >= own->least;
        }
    return false;
}

static inline void load_parse(int argc, char **argv, const struct load_option *own)
{
    load.program = argv[0];
    for (int i = 1; i < argc; i += 2) {
        const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(name, "--to") == 0)
            load.to = value;
        else if (strcmp(name, "--pid") == 0)
            load.pid = atoi(value);
        else if (strcmp(name, "--open-timeout") == 0)
            load.open_timeout = atof(value);
        else if (strcmp(name, "--warm-up") == 0)
            load.warm_up = atof(value);
        else if (strcmp(name, "--seconds") == 0)
            load.seconds = atof(value);
        else if (!load_own_option(own, name, value))
            load_usage(own);
    }
    if (load.to == NULL || (!load_is_unix() && atoi(load.to) <= 0))
        load_usage(own);
}

static inline void load_serve(void (*run)(double warm_up, double seconds))
{
    char line[128];
    if (load.seconds > 0) {
        run(load.warm_up, load.seconds);
        return;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        double warm_up, seconds;
        if (sscanf(line, "run %lf %lf", &warm_up, &seconds) != 2)
            fail("unknown command: %s", line);
        run(warm_up, seconds);
    }
}

#endif
