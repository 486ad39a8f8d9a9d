// An operation with nothing to do, for the cost of all that is around one: g_socket_address_enumerator_next_async at the end of the
// addresses. It completes a GTask without a thread.
#include "operations.h"

static GSocketAddressEnumerator *enumerator;

static void have_nothing(GObject *source, GAsyncResult *result, gpointer slot)
{
    GError *error = NULL;
    if (g_socket_address_enumerator_next_finish(enumerator, result, &error) != NULL || error != NULL)
        operations_fail("g_socket_address_enumerator_next", error);
    operations_ended(GPOINTER_TO_INT(slot));
}

static void do_nothing(int slot)
{
    g_socket_address_enumerator_next_async(enumerator, NULL, have_nothing, GINT_TO_POINTER(slot));
}

int main(void)
{
    GSocketAddress *address = g_inet_socket_address_new(g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4), 1);
    enumerator = g_socket_connectable_enumerate(G_SOCKET_CONNECTABLE(address));
    g_object_unref(g_socket_address_enumerator_next(enumerator, NULL, NULL));
    return operations_serve("gio-nothing", do_nothing);
}
