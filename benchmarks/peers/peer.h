// What every server in C does around its own work.
#ifndef PEER_H
#define PEER_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
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

// Tells the benchmark that the server is ready. From now on the end of standard input ends the process, so none is left
// behind when the benchmark dies; a thread watches it, as one more descriptor in the measured loop would change the figures.
static inline void peer_ready(int port)
{
    pthread_t watcher;
    if (pthread_create(&watcher, NULL, peer_exit_at_eof, NULL) != 0) {
        perror("pthread_create");
        exit(1);
    }
    printf("listening %d\n", port);
    fflush(stdout);
}

#endif
