// Looks "localhost" up, by g_resolver_lookup_by_name_async. GLib knows that name by itself, so no thread takes part.
#include "operations.h"

static GResolver *resolver;

static void have_addresses(GObject *source, GAsyncResult *result, gpointer slot)
{
    GError *error = NULL;
    GList *addresses = g_resolver_lookup_by_name_finish(resolver, result, &error);
    if (addresses == NULL || !g_inet_address_get_is_loopback(addresses->data))
        operations_fail("g_resolver_lookup_by_name", error);
    g_resolver_free_addresses(addresses);
    operations_ended(GPOINTER_TO_INT(slot));
}

static void look_up(int slot)
{
    g_resolver_lookup_by_name_async(resolver, "localhost", NULL, have_addresses, GINT_TO_POINTER(slot));
}

int main(void)
{
    resolver = g_resolver_get_default();
    return operations_serve("gio-look-up", look_up);
}
