// An HTTP server in C on libsoup 3 that answers every request with the same few bytes.
#include <libsoup/soup.h>

#include "peer.h"

static void hello(SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer unused)
{
    soup_server_message_set_status(message, SOUP_STATUS_OK, NULL);
    soup_server_message_set_response(message, "text/plain", SOUP_MEMORY_STATIC, "Hello World", 11);
}

int main(int argc, char **argv)
{
    fdlimit_raise();
    GError *error = NULL;
    SoupServer *server = soup_server_new(NULL, NULL);
    soup_server_add_handler(server, NULL, hello, NULL, NULL);
    if (!soup_server_listen_local(server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error)) {
        fprintf(stderr, "soup-hello: %s\n", error->message);
        return 1;
    }
    GSList *uris = soup_server_get_uris(server);
    peer_ready("%d", g_uri_get_port(uris->data));
    g_slist_free_full(uris, (GDestroyNotify)g_uri_unref);
    g_main_loop_run(g_main_loop_new(NULL, FALSE));
    return 0;
}
