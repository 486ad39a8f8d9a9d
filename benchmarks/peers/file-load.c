// The load of a file server: asks for the file with one byte, drops what comes, and asks again.
//
//   file-load [--mebibytes N] …   see load.h for the rest
//
// It checks every byte of a first transfer, each 64-bit word of which is its own index, and says: open mebibytes=1024
// A message is a MiB here, a latency the time of a whole file, and the window ends with the first file that ends after it: so at
// both its ends nothing is under way.
#include <sys/time.h>
#include <unistd.h>

#include "load.h"

#define MEBIBYTE (1u << 20)
#define SILENCE_SECONDS 10

static int mebibytes = 1024;
static int fd;
static uint64_t file_bytes;
static struct load_window window;
static uint64_t buffer[MEBIBYTE / sizeof(uint64_t)];

static void connect_to_server(void)
{
    struct timeval bound = {.tv_sec = SILENCE_SECONDS};
    struct sockaddr_storage to;
    socklen_t length = server_address(&to);
    fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, length) != 0)
        fail("connect: %s", strerror(errno));
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
}

static void ask(void)
{
    if (send(fd, "?", 1, MSG_NOSIGNAL) != 1)
        fail("send: %s", strerror(errno));
}

static uint64_t receive(void *into, uint64_t most, int flags, uint64_t received)
{
    ssize_t got = recv(fd, into, most < MEBIBYTE ? (size_t)most : MEBIBYTE, flags);
    if (got < 0 && errno == EINTR)
        return 0;
    if (got < 0 && errno == EAGAIN)
        stalled("receiving", (int)(received / MEBIBYTE), mebibytes);
    if (got <= 0)
        fail("after %" PRIu64 " bytes: %s", received, got < 0 ? strerror(errno) : "closed by the server");
    return (uint64_t)got;
}

static void check_one(void)
{
    ask();
    for (uint64_t at = 0; at < file_bytes; at += MEBIBYTE) {
        for (uint64_t got = 0; got < MEBIBYTE;)
            got += receive((char *)buffer + got, MEBIBYTE - got, 0, at + got);
        for (uint64_t word = 0; word < MEBIBYTE / sizeof *buffer; word++)
            if (buffer[word] != at / sizeof *buffer + word)
                fail("the file came changed, at byte %" PRIu64, at + word * sizeof *buffer);
    }
    printf("open mebibytes=%d\n", mebibytes);
    fflush(stdout);
}

// TCP throws bytes away without a copy (see tcp(7), MSG_TRUNC); a Unix socket always copies.
static void drop_one(void)
{
    int flags = load_is_unix() ? 0 : MSG_TRUNC;
    ask();
    for (uint64_t received = 0; received < file_bytes;)
        received += receive(buffer, file_bytes - received, flags, received);
}

static void run(double warm_up, double seconds)
{
    window_start(&window, warm_up, seconds);
    for (uint64_t at = window_look(&window); !window_is_over(&window, at); ) {
        drop_one();
        window_add(&window, (uint64_t)mebibytes, now() - at);
        at = window_look(&window);
    }
    window_close(&window);
    window_print(&window);
}

int main(int argc, char **argv)
{
    static const struct load_option own[] = {{"--mebibytes", &mebibytes, 1}, {0}};
    load_parse(argc, argv, own);
    file_bytes = (uint64_t)mebibytes * MEBIBYTE;
    connect_to_server();
    check_one();
    load_serve(run);
    return 0;
}
