// Asks for the size of a file, by g_file_query_info_async: a worker thread of GIO's asks the kernel.
//
//   gio-query-info FILE SIZE
#include "operations.h"

static GFile *file;
static goffset size;

static void have_info(GObject *source, GAsyncResult *result, gpointer slot)
{
    GError *error = NULL;
    GFileInfo *info = g_file_query_info_finish(file, result, &error);
    if (info == NULL || g_file_info_get_size(info) != size)
        operations_fail("g_file_query_info", error);
    g_object_unref(info);
    operations_ended(GPOINTER_TO_INT(slot));
}

static void query_info(int slot)
{
    g_file_query_info_async(file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, have_info,
        GINT_TO_POINTER(slot));
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s FILE SIZE\n", argv[0]);
        return 2;
    }
    file = g_file_new_for_path(argv[1]);
    size = g_ascii_strtoll(argv[2], NULL, 10);
    return operations_serve("gio-query-info", query_info);
}
