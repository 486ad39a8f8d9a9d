// Sends a message over a pair of socket connections in the same thread and waits for its echo, by asynchronous reads and writes or by
// the streams' sources. Each slot has a pair of its own.
//
//   gio-stream BYTES [pollable]
#include "operations.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

typedef struct {
    int slot;
    gboolean echoes;
    GInputStream *in;
    GOutputStream *out;
    gsize got;
    char *buffer;
} End;

static gsize bytes;
static gboolean pollable;
static GSocketListener *listener;
static GSocketConnectable *address;
static End *asking[OPERATIONS_MOST_UNDER_WAY];
static char *message;

static void read_more(End *end);

// The echo comes in as many parts as the streams like.
static void have_part(End *end, gsize length)
{
    end->got += length;
    if (end->got < bytes)
        return;
    if (memcmp(end->buffer, message, bytes) != 0)
        operations_fail("the echo", NULL);
    end->got = 0;
    operations_ended(end->slot);
}

static void written(GObject *stream, GAsyncResult *result, gpointer data)
{
    End *end = data;
    GError *error = NULL;
    if (!g_output_stream_write_all_finish(end->out, result, NULL, &error))
        operations_fail("g_output_stream_write_all", error);
    if (end->echoes)
        read_more(end);
}

static void write_all(End *end, const char *data, gsize length)
{
    if (!pollable) {
        g_output_stream_write_all_async(end->out, data, length, G_PRIORITY_DEFAULT, NULL, written, end);
        return;
    }
    GError *error = NULL;
    // No more than one message is under way, so the send buffer always has room.
    gssize sent = g_pollable_output_stream_write_nonblocking(G_POLLABLE_OUTPUT_STREAM(end->out), data, length, NULL, &error);
    if (sent != (gssize)length)
        operations_fail("g_pollable_output_stream_write_nonblocking", error);
}

static void have_read(GObject *stream, GAsyncResult *result, gpointer data)
{
    End *end = data;
    GError *error = NULL;
    gssize got = g_input_stream_read_finish(end->in, result, &error);
    if (got <= 0)
        operations_fail("g_input_stream_read", error);
    if (end->echoes) {
        write_all(end, end->buffer, (gsize)got);
    } else {
        have_part(end, (gsize)got);
        read_more(end);
    }
}

static void read_more(End *end)
{
    g_input_stream_read_async(
        end->in, end->buffer + end->got, bytes - end->got, G_PRIORITY_DEFAULT, NULL, have_read, end);
}

static gboolean readable(GObject *stream, gpointer data)
{
    End *end = data;
    GError *error = NULL;
    gssize got = g_pollable_input_stream_read_nonblocking(
        G_POLLABLE_INPUT_STREAM(stream), end->buffer + end->got, bytes - end->got, NULL, &error);
    if (got <= 0)
        operations_fail("g_pollable_input_stream_read_nonblocking", error);
    if (end->echoes)
        write_all(end, end->buffer, (gsize)got);
    else
        have_part(end, (gsize)got);
    return G_SOURCE_CONTINUE;
}

static End *end_new(GSocketConnection *connection, int slot, gboolean echoes)
{
    End *end = g_new0(End, 1);
    end->slot = slot;
    end->echoes = echoes;
    end->in = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    end->out = g_io_stream_get_output_stream(G_IO_STREAM(connection));
    end->buffer = g_malloc(bytes);
    g_socket_set_option(g_socket_connection_get_socket(connection), IPPROTO_TCP, TCP_NODELAY, 1, NULL);
    if (pollable) {
        GSource *source = g_pollable_input_stream_create_source(G_POLLABLE_INPUT_STREAM(end->in), NULL);
        g_source_set_callback(source, G_SOURCE_FUNC(readable), end, NULL);
        g_source_attach(source, NULL);
    } else {
        read_more(end);
    }
    return end;
}

// The pairs stay open from one run to the next.
static End *connect_pair(int slot)
{
    GError *error = NULL;
    GSocketConnection *here = g_socket_client_connect(g_socket_client_new(), address, NULL, &error);
    GSocketConnection *there = here ? g_socket_listener_accept(listener, NULL, NULL, &error) : NULL;
    if (there == NULL)
        operations_fail("connect", error);
    end_new(there, slot, TRUE);
    return end_new(here, slot, FALSE);
}

static void ask(int slot)
{
    if (asking[slot] == NULL)
        asking[slot] = connect_pair(slot);
    write_all(asking[slot], message, bytes);
}

int main(int argc, char **argv)
{
    bytes = argc > 1 ? (gsize)g_ascii_strtoull(argv[1], NULL, 10) : 0;
    pollable = argc == 3 && strcmp(argv[2], "pollable") == 0;
    if (bytes == 0 || argc > 3 || (argc == 3 && !pollable)) {
        fprintf(stderr, "usage: %s BYTES [pollable]\n", argv[0]);
        return 2;
    }
    operations.program = "gio-stream";
    GError *error = NULL;
    GSocketAddress *effective;
    listener = g_socket_listener_new();
    if (!g_socket_listener_add_address(listener,
            g_inet_socket_address_new(g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4), 0), G_SOCKET_TYPE_STREAM,
            G_SOCKET_PROTOCOL_DEFAULT, NULL, &effective, &error))
        operations_fail("listen", error);
    address = G_SOCKET_CONNECTABLE(effective);
    message = g_malloc(bytes);
    for (gsize at = 0; at < bytes; at++)
        message[at] = (char)at;
    return operations_serve("gio-stream", ask);
}
