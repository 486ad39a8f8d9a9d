// An echo server in C on GIO: GSocketService and the connection's streams, all asynchronous.
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "peer.h"

typedef struct {
    GSocketConnection *connection;
    GInputStream *in;
    GOutputStream *out;
    char buffer[2048];
} Client;

static void read_more(Client *client);

static void client_close(Client *client, GError *error)
{
    g_clear_error(&error);
    g_io_stream_close(G_IO_STREAM(client->connection), NULL, NULL);
    g_object_unref(client->connection);
    g_free(client);
}

static void written(GObject *stream, GAsyncResult *result, gpointer data)
{
    Client *client = data;
    GError *error = NULL;
    if (g_output_stream_write_all_finish(client->out, result, NULL, &error))
        read_more(client);
    else
        client_close(client, error);
}

static void have_read(GObject *stream, GAsyncResult *result, gpointer data)
{
    Client *client = data;
    GError *error = NULL;
    gssize got = g_input_stream_read_finish(client->in, result, &error);
    if (got > 0)
        g_output_stream_write_all_async(client->out, client->buffer, got, G_PRIORITY_DEFAULT, NULL, written, client);
    else
        client_close(client, error);
}

static void read_more(Client *client)
{
    g_input_stream_read_async(
        client->in, client->buffer, sizeof client->buffer, G_PRIORITY_DEFAULT, NULL, have_read, client);
}

static gboolean incoming(GSocketService *service, GSocketConnection *connection, GObject *source, gpointer unused)
{
    Client *client = g_new0(Client, 1);
    client->connection = g_object_ref(connection);
    client->in = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    client->out = g_io_stream_get_output_stream(G_IO_STREAM(connection));
    // Refused on a Unix socket, which has no such thing.
    g_socket_set_option(g_socket_connection_get_socket(connection), IPPROTO_TCP, TCP_NODELAY, 1, NULL);
    read_more(client);
    return TRUE;
}

int main(int argc, char **argv)
{
    fdlimit_raise();
    GError *error = NULL;
    GSocketService *service = g_socket_service_new();
    g_socket_listener_set_backlog(G_SOCKET_LISTENER(service), PEER_BACKLOG);
    struct sockaddr_un local;
    gboolean is_unix = peer_unix_address(argc, argv, &local);
    GSocketAddress *address = is_unix
        ? g_unix_socket_address_new(local.sun_path)
        : g_inet_socket_address_new(g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4), 0);
    GSocketAddress *effective = NULL;
    if (!g_socket_listener_add_address(G_SOCKET_LISTENER(service), address, G_SOCKET_TYPE_STREAM,
            G_SOCKET_PROTOCOL_DEFAULT, NULL, &effective, &error)) {
        fprintf(stderr, "gio-echo: %s\n", error->message);
        return 1;
    }
    g_signal_connect(service, "incoming", G_CALLBACK(incoming), NULL);
    g_socket_service_start(service);
    if (is_unix)
        peer_ready("%s", local.sun_path);
    else
        peer_ready("%d", g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(effective)));
    g_main_loop_run(g_main_loop_new(NULL, FALSE));
    return 0;
}
