// The load of a media server: clients that read one and the same paced stream.
//
//   media-load [--clients N] [--frame BYTES] [--per-second N] …   see load.h for the rest
//
// The stream repeats one frame, so many times in a second, and a client is served from the beginning of a frame on: the first that
// comes is what all others have to be. Each run has clients of its own, as those that stayed connected would be served while another
// server is measured. They come few at a time: tcpserversink listens with a backlog of 5, and the kernel makes wait for seconds whom it
// has turned away.
//
// A message is one frame that one client has received whole, a latency the time since that client's last one. It says when each
// client has had a frame: open clients=256 seconds=0.120
// In the window every client has to get as many frames as any other, give or take those of SLACK_SECONDS, and about those that
// the pace says: a source that is late leaves some out for all, or makes up for it later.
#include <unistd.h>

#include "fdlimit.h"
#include "load.h"

#define SLACK_SECONDS 0.25
#define PACE_TOLERANCE 0.25
#define SILENCE_SECONDS 5
#define MOST_UNSERVED 4
#define PARTING_MICROS 200000
#define BUFFER_BYTES (256u << 10)
#define EVENTS 256

struct client {
    int fd;
    size_t at; // in the frame
    uint64_t frames, counted_from, last;
};

static int clients = 1, frame = 16384, per_second = 60;
static int epoll_fd = -1, served;
static size_t known; // of the frame that all others have to be
static struct client *all;
static struct load_window window;
static unsigned char buffer[BUFFER_BYTES], *pattern;

static void close_clients(void)
{
    for (int i = 0; i < clients; i++)
        close(all[i].fd);
    close(epoll_fd);
    // The server is to be done with these before others come: multifdsink mistakes one for another that had the same descriptor.
    usleep(PARTING_MICROS);
}

static void connect_client(struct client *client)
{
    struct sockaddr_storage to;
    socklen_t length = server_address(&to);
    *client = (struct client){.fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    if (client->fd < 0 || connect(client->fd, (struct sockaddr *)&to, length) != 0
        || epoll_ctl(epoll_fd, EPOLL_CTL_ADD, client->fd, &event) != 0)
        fail("client %d of %d: %s", (int)(client - all) + 1, clients, strerror(errno));
}

static void check(struct client *client, size_t got)
{
    size_t at = client->at;
    for (size_t done = 0, part; done < got; done += part) {
        part = (size_t)frame - at < got - done ? (size_t)frame - at : got - done;
        if (known < at + part) {
            memcpy(pattern + at, buffer + done, part);
            known = at + part;
        } else if (memcmp(buffer + done, pattern + at, part) != 0)
            fail("client %d: the stream came changed in frame %" PRIu64, (int)(client - all), client->frames);
        at = at + part == (size_t)frame ? 0 : at + part;
    }
}

static void frames_arrived(struct client *client, uint64_t count, uint64_t at)
{
    if (client->frames == 0)
        served++;
    for (uint64_t i = 0; i < count; i++)
        window_add(&window, 1, i == 0 ? at - client->last : 0);
    client->frames += count;
    client->last = at;
}

static void receive(struct client *client, uint64_t at)
{
    ssize_t got = recv(client->fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0)
        fail("client %d: %s", (int)(client - all), got < 0 ? strerror(errno) : "closed by the server");
    check(client, (size_t)got);
    uint64_t count = (client->at + (size_t)got) / (size_t)frame;
    client->at = (client->at + (size_t)got) % (size_t)frame;
    if (count > 0)
        frames_arrived(client, count, at);
}

// Reads what comes until a time, or for so long as nothing comes.
static void receive_until(uint64_t until)
{
    struct epoll_event events[EVENTS];
    int ready = wait_events(epoll_fd, events, EVENTS, until);
    uint64_t at = now();
    for (int i = 0; i < ready; i++)
        receive(events[i].data.ptr, at);
}

static void connect_clients(double timeout)
{
    uint64_t until = now() + nanos(timeout);
    int connected = served = 0;
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    while (served < clients) {
        while (connected < clients && connected - served < MOST_UNSERVED)
            connect_client(&all[connected++]);
        receive_until(until);
        if (now() >= until)
            stalled("opening", served, clients);
    }
}

static void count_from_here(void)
{
    for (int i = 0; i < clients; i++)
        all[i].counted_from = all[i].frames;
}

static void check_counts(void)
{
    double seconds = (double)window.elapsed / 1e9, due = seconds * per_second;
    double slack = SLACK_SECONDS * per_second + 2;
    uint64_t least = UINT64_MAX, most = 0;
    for (int i = 0; i < clients; i++) {
        uint64_t frames = all[i].frames - all[i].counted_from;
        least = frames < least ? frames : least;
        most = frames > most ? frames : most;
    }
    if ((double)least + slack < (double)most || (double)least + slack < due * (1 - PACE_TOLERANCE)
        || (double)most - slack > due * (1 + PACE_TOLERANCE))
        fail("the %d clients got from %" PRIu64 " to %" PRIu64 " frames, and %.1f were due in %.3f s", clients, least, most, due,
            seconds);
}

static void run(double warm_up, double seconds)
{
    window.measuring = false;
    connect_clients(SILENCE_SECONDS);
    window_start(&window, warm_up, seconds);
    for (uint64_t at = now(); !window_is_over(&window, at);) {
        receive_until(window_next_look(&window));
        bool counting = window.measuring;
        at = window_look(&window);
        if (window.measuring && !counting)
            count_from_here();
    }
    window_close(&window);
    check_counts();
    close_clients();
    window_print(&window);
}

static void open_once(void)
{
    uint64_t start = now();
    connect_clients(load.open_timeout);
    printf("open clients=%d seconds=%.3f\n", clients, (double)(now() - start) / 1e9);
    fflush(stdout);
    close_clients();
}

int main(int argc, char **argv)
{
    static const struct load_option own[]
        = {{"--clients", &clients, 1}, {"--frame", &frame, 1}, {"--per-second", &per_second, 1}, {0}};
    load_parse(argc, argv, own);
    fdlimit_raise();
    all = calloc((size_t)clients, sizeof *all);
    pattern = malloc((size_t)frame);
    if (all == NULL || pattern == NULL)
        fail("out of memory");
    open_once();
    load_serve(run);
    return 0;
}
