// Starts a program by GSubprocess and waits until it has ended well.
//
//   gio-process true     no pipes
//   gio-process cat      64 bytes into its standard input and, after the end of that, back from its standard output
#include "operations.h"

#include <string.h>

#define BYTES 64

typedef struct {
    int slot;
    GSubprocess *process;
    char back[BYTES + 1];
} Run;

static char message[BYTES];
static const char *command[2];
static GSubprocessFlags flags;

static void have_ended(GObject *process, GAsyncResult *result, gpointer data)
{
    Run *run = data;
    GError *error = NULL;
    if (!g_subprocess_wait_check_finish(run->process, result, &error))
        operations_fail(command[0], error);
    int slot = run->slot;
    g_object_unref(run->process);
    g_free(run);
    operations_ended(slot);
}

static void have_read(GObject *pipe, GAsyncResult *result, gpointer data)
{
    Run *run = data;
    GError *error = NULL;
    gsize got;
    if (!g_input_stream_read_all_finish(G_INPUT_STREAM(pipe), result, &got, &error) || got != BYTES
        || memcmp(run->back, message, BYTES) != 0)
        operations_fail("standard output", error);
    g_subprocess_wait_check_async(run->process, NULL, have_ended, run);
}

static void have_written(GObject *pipe, GAsyncResult *result, gpointer data)
{
    Run *run = data;
    GError *error = NULL;
    if (!g_output_stream_write_all_finish(G_OUTPUT_STREAM(pipe), result, NULL, &error)
        || !g_output_stream_close(G_OUTPUT_STREAM(pipe), NULL, &error))
        operations_fail("standard input", error);
    // One byte more than there is: so it ends with the end of the stream.
    g_input_stream_read_all_async(g_subprocess_get_stdout_pipe(run->process), run->back, sizeof run->back, G_PRIORITY_DEFAULT, NULL,
        have_read, run);
}

static void start(int slot)
{
    Run *run = g_new0(Run, 1);
    GError *error = NULL;
    run->slot = slot;
    run->process = g_subprocess_newv(command, flags, &error);
    if (run->process == NULL)
        operations_fail(command[0], error);
    if (flags == G_SUBPROCESS_FLAGS_NONE)
        g_subprocess_wait_check_async(run->process, NULL, have_ended, run);
    else
        g_output_stream_write_all_async(g_subprocess_get_stdin_pipe(run->process), message, BYTES, G_PRIORITY_DEFAULT, NULL,
            have_written, run);
}

int main(int argc, char **argv)
{
    if (argc != 2 || (strcmp(argv[1], "true") != 0 && strcmp(argv[1], "cat") != 0)) {
        fprintf(stderr, "usage: %s true|cat\n", argv[0]);
        return 2;
    }
    // Paths, so that nobody pays for a search.
    command[0] = strcmp(argv[1], "true") == 0 ? "/bin/true" : "/bin/cat";
    if (strcmp(argv[1], "cat") == 0)
        flags = G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE;
    memset(message, 'x', BYTES);
    return operations_serve("gio-process", start);
}
