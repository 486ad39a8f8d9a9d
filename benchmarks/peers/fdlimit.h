// The number of descriptors that a process may have open.
#ifndef FDLIMIT_H
#define FDLIMIT_H

#include <sys/resource.h>

// Raises the soft limit to the hard one: 10,000 idle connections do not fit into the usual 1,024.
static inline rlim_t fdlimit_raise(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

#endif
