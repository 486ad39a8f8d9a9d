// What every server in C does around its own work.
#ifndef PEER_H
#define PEER_H

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fdlimit.h"

#define PEER_BACKLOG 4096

static void *peer_exit_at_eof(void *unused)
{
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    _exit(0);
    return NULL;
}

// Whether a stream server was told to listen on a Unix socket: "tcp", or a folder for the socket, is its only argument. The
// benchmark deletes the folder.
static inline int peer_unix_address(int argc, char **argv, struct sockaddr_un *address)
{
    if (argc < 2 || strcmp(argv[1], "tcp") == 0)
        return 0;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    int length = snprintf(address->sun_path, sizeof address->sun_path, "%s/%d.socket", argv[1], (int)getpid());
    if (length >= (int)sizeof address->sun_path) {
        fprintf(stderr, "%s: too long for the path of a socket: %s\n", argv[0], argv[1]);
        exit(1);
    }
    return 1;
}

// Tells the benchmark that the server is ready, and its port or path. From now on the end of standard input ends the process, so
// none is left behind when the benchmark dies; a thread watches it, as one more descriptor in the measured loop would change the
// figures.
static inline void peer_ready(const char *format, ...)
{
    pthread_t watcher;
    if (pthread_create(&watcher, NULL, peer_exit_at_eof, NULL) != 0) {
        perror("pthread_create");
        exit(1);
    }
    va_list arguments;
    va_start(arguments, format);
    fputs("listening ", stdout);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

#endif
