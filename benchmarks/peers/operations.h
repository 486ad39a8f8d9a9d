// What the programs do around GIO operations of one kind: commands, the measured window, a bounded number under way. The JVM's side of
// this is org.nettyglib.benchmarks.gio.
//
// "listening OPERATION" says that the program is ready. Then it reads commands from standard input until that ends:
//   run SECONDS MOST UNDER_WAY
// begins operations for so many seconds, MOST at most, so that always as many are under way, and is answered, when the last of them has
// ended, with
//   result operations=… seconds=…
// An operation that fails ends the program with status 1.
#ifndef OPERATIONS_H
#define OPERATIONS_H

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

#define OPERATIONS_MOST_UNDER_WAY 1024

static struct {
    const char *program;
    void (*begin)(int slot);
    GMainLoop *loop;
    gint64 end_at;
    long begun, ended, most;
    int under_way;
} operations;

G_GNUC_NORETURN static void operations_fail(const char *what, GError *error)
{
    fprintf(stderr, "%s: %s: %s\n", operations.program, what, error ? error->message : "not what was expected");
    exit(1);
}

static void operations_begin(int slot)
{
    operations.begun++;
    operations.under_way++;
    operations.begin(slot);
}

// To be called on the main loop, when the operation that was begun with this slot has ended.
static void operations_ended(int slot)
{
    operations.ended++;
    operations.under_way--;
    if (operations.begun < operations.most && g_get_monotonic_time() < operations.end_at)
        operations_begin(slot);
    else if (operations.under_way == 0)
        g_main_loop_quit(operations.loop);
}

static void operations_run(double seconds, int under_way)
{
    gint64 start = g_get_monotonic_time();
    operations.end_at = start + (gint64)(seconds * G_USEC_PER_SEC);
    operations.begun = operations.ended = 0;
    for (int slot = 0; slot < under_way && operations.begun < operations.most; slot++)
        operations_begin(slot);
    g_main_loop_run(operations.loop);
    printf("result operations=%ld seconds=%.6f\n", operations.ended,
        (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC);
}

// begin begins one operation; of those under way at a time each has a slot of its own, counted from zero.
static int operations_serve(const char *program, void (*begin)(int slot))
{
    char line[128];
    double seconds;
    int under_way;
    operations.program = program;
    operations.begin = begin;
    operations.loop = g_main_loop_new(NULL, FALSE);
    // By this name the benchmark knows the loop's thread.
    prctl(PR_SET_NAME, "bench-loop");
    printf("listening %s\n", program);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (sscanf(line, "run %lf %ld %d", &seconds, &operations.most, &under_way) != 3 || operations.most < 1
            || under_way < 1 || under_way > OPERATIONS_MOST_UNDER_WAY) {
            fprintf(stderr, "%s: unknown command: %s", program, line);
            return 1;
        }
        operations_run(seconds, under_way);
        fflush(stdout);
    }
    return 0;
}

#endif
