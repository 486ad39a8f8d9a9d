// The load of an echo server on UDP: one thread keeps a fixed number of datagrams under way, from a few sockets.
//
//   udp-load [--under-way N] [--bytes N] [--sockets N] …   see load.h for the rest
//
// It says when the server has answered on every socket: open sockets=8
// A datagram that is not answered for a while is lost: it is counted, and another takes its place.
#include <unistd.h>

#include "load.h"

#define MOST_SOCKETS 64
#define MOST_BYTES 65507
#define MOST_PER_CALL 64
#define LOST_AFTER (NANOS_PER_SECOND / 2)
#define LOOK_FOR_LOST (NANOS_PER_SECOND / 20)
#define SOCKET_BUFFER (1 << 20)

struct head {
    uint64_t sequence;
    uint32_t socket, slot;
};

// A place for one datagram under way; 0 is the sequence of none.
struct slot {
    uint64_t sequence, sent_at;
};

struct peer {
    int fd;
    struct slot *slots;
};

static struct peer *peers;
static int under_way = 128, bytes = 64, sockets = 8;
static int slots_per_socket;
static int epoll_fd;
static uint64_t sequence;
static struct load_window window;

// What one sendmmsg(2) or recvmmsg(2) moves. The bytes behind the head are the same in every datagram.
static struct batch {
    struct mmsghdr messages[MOST_PER_CALL];
    struct iovec vectors[MOST_PER_CALL];
    char *buffers;
    int count;
} outgoing, incoming;

static char *buffer_of(struct batch *batch, int index)
{
    return batch->buffers + (size_t)index * (size_t)(bytes + 1);
}

// Each buffer has room for one byte too many, so that a datagram which has grown is seen.
static void prepare(struct batch *batch, int size)
{
    batch->buffers = malloc((size_t)MOST_PER_CALL * (size_t)(bytes + 1));
    if (batch->buffers == NULL)
        fail("no memory");
    for (int i = 0; i < MOST_PER_CALL; i++) {
        for (int at = 0; at <= bytes; at++)
            buffer_of(batch, i)[at] = (char)(at * 7);
        batch->vectors[i] = (struct iovec){.iov_base = buffer_of(batch, i), .iov_len = (size_t)size};
        batch->messages[i].msg_hdr = (struct msghdr){.msg_iov = &batch->vectors[i], .msg_iovlen = 1};
    }
}

static void flush(struct peer *peer)
{
    int sent = 0;
    while (sent < outgoing.count) {
        int now_sent = sendmmsg(peer->fd, outgoing.messages + sent, (unsigned)(outgoing.count - sent), 0);
        if (now_sent < 0 && errno != EINTR)
            fail("sendmmsg: %s", strerror(errno));
        sent += now_sent < 0 ? 0 : now_sent;
    }
    outgoing.count = 0;
}

static void send_later(struct peer *peer, int slot, uint64_t at)
{
    struct head head = {.sequence = ++sequence, .socket = (uint32_t)(peer - peers), .slot = (uint32_t)slot};
    peer->slots[slot] = (struct slot){.sequence = head.sequence, .sent_at = at};
    memcpy(buffer_of(&outgoing, outgoing.count++), &head, sizeof head);
    if (outgoing.count == MOST_PER_CALL)
        flush(peer);
}

// The slot that is free now, or -1 for the late answer to a datagram that was given up.
static int take(struct peer *peer, int index, uint64_t at)
{
    struct head head;
    const char *buffer = buffer_of(&incoming, index);
    memcpy(&head, buffer, sizeof head);
    if (incoming.messages[index].msg_len != (unsigned)bytes)
        fail("a datagram of %d bytes came back with %u", bytes, incoming.messages[index].msg_len);
    if (head.socket != (uint32_t)(peer - peers) || head.slot >= (uint32_t)slots_per_socket || head.sequence > sequence
        || memcmp(buffer + sizeof head, buffer_of(&outgoing, 0) + sizeof head, (size_t)bytes - sizeof head) != 0)
        fail("a datagram came back changed");
    struct slot *slot = &peer->slots[head.slot];
    if (slot->sequence != head.sequence)
        return -1;
    window_add(&window, 1, at - slot->sent_at);
    slot->sequence = 0;
    return (int)head.slot;
}

static int receive(struct peer *peer)
{
    int got = recvmmsg(peer->fd, incoming.messages, MOST_PER_CALL, MSG_DONTWAIT, NULL);
    if (got < 0 && errno != EAGAIN && errno != EINTR)
        fail("recvmmsg: %s", strerror(errno));
    return got < 0 ? 0 : got;
}

// Answers what has come with new datagrams, unless the window is over.
static void answer(struct peer *peer, uint64_t at)
{
    int got = receive(peer);
    for (int i = 0; i < got; i++) {
        int slot = take(peer, i, at);
        if (slot >= 0 && !window_is_over(&window, at))
            send_later(peer, slot, at);
    }
    flush(peer);
}

// Gives up datagrams that were sent before a time. Returns how many are still under way.
static int give_up(uint64_t sent_before)
{
    int waiting = 0;
    for (struct peer *peer = peers; peer < peers + sockets; peer++)
        for (int slot = 0; slot < slots_per_socket; slot++) {
            if (peer->slots[slot].sequence == 0)
                continue;
            if (peer->slots[slot].sent_at < sent_before) {
                window.lost += window.measuring;
                peer->slots[slot].sequence = 0;
            } else
                waiting++;
        }
    return waiting;
}

static void fill(uint64_t at)
{
    for (struct peer *peer = peers; peer < peers + sockets; peer++) {
        for (int slot = 0; slot < slots_per_socket; slot++)
            if (peer->slots[slot].sequence == 0)
                send_later(peer, slot, at);
        flush(peer);
    }
}

static uint64_t earlier(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

// Waits until all that is under way was answered or is lost.
static void drain(void)
{
    struct epoll_event events[MOST_SOCKETS];
    while (give_up(now() - LOST_AFTER) > 0) {
        int ready = wait_events(epoll_fd, events, MOST_SOCKETS, now() + LOOK_FOR_LOST);
        for (int i = 0; i < ready; i++)
            answer(events[i].data.ptr, now());
    }
}

static void run(double warm_up, double seconds)
{
    struct epoll_event events[MOST_SOCKETS];
    uint64_t at = now(), look_for_lost = at + LOOK_FOR_LOST;

    window_start(&window, warm_up, seconds);
    fill(at);
    while (!window_is_over(&window, at)) {
        int ready = wait_events(epoll_fd, events, MOST_SOCKETS, earlier(window_next_look(&window), look_for_lost));
        at = window_look(&window);
        for (int i = 0; i < ready; i++)
            answer(events[i].data.ptr, at);
        if (at >= look_for_lost && !window_is_over(&window, at)) {
            give_up(at - LOST_AFTER);
            fill(at);
            look_for_lost = at + LOOK_FOR_LOST;
        }
    }
    window_close(&window);
    drain();
    window_print(&window);
}

static void open_one(struct peer *peer)
{
    int size = SOCKET_BUFFER;
    struct sockaddr_storage to;
    socklen_t length = server_address(&to);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
    peer->slots = calloc((size_t)slots_per_socket, sizeof *peer->slots);
    peer->fd = socket(to.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (peer->slots == NULL || peer->fd < 0 || connect(peer->fd, (struct sockaddr *)&to, length) != 0
        || epoll_ctl(epoll_fd, EPOLL_CTL_ADD, peer->fd, &event) != 0)
        fail("socket: %s", strerror(errno));
    setsockopt(peer->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

// A first exchange on every socket shows that the server is there.
static void open_all(void)
{
    uint64_t until = now() + nanos(load.open_timeout);
    for (int i = 0; i < sockets; i++) {
        struct epoll_event event;
        open_one(&peers[i]);
        send_later(&peers[i], 0, now());
        flush(&peers[i]);
        while (peers[i].slots[0].sequence != 0) {
            if (wait_events(epoll_fd, &event, 1, until) == 0 && now() >= until)
                stalled("opening", i, sockets);
            if (receive(&peers[i]) > 0)
                take(&peers[i], 0, now());
        }
    }
    printf("open sockets=%d\n", sockets);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const struct load_option own[] = {
        {"--under-way", &under_way, 1}, {"--bytes", &bytes, sizeof(struct head)}, {"--sockets", &sockets, 1}, {0}};
    load_parse(argc, argv, own);
    sockets = sockets < under_way ? sockets : under_way;
    if (sockets > MOST_SOCKETS || bytes > MOST_BYTES || under_way % sockets != 0)
        fail("at most %d sockets and %d bytes, and as many datagrams under way on each socket", MOST_SOCKETS, MOST_BYTES);
    slots_per_socket = under_way / sockets;
    prepare(&outgoing, bytes);
    prepare(&incoming, bytes + 1);
    peers = calloc((size_t)sockets, sizeof *peers);
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (peers == NULL || epoll_fd < 0)
        fail("no memory or no epoll: %s", strerror(errno));
    open_all();
    load_serve(run);
    return 0;
}
