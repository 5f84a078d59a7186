/* The function that a preloaded one of the same name stands in front of. */
#ifndef TOPOLOGY_NUMA_REAL_H
#define TOPOLOGY_NUMA_REAL_H

#include <dlfcn.h>

#define REAL(function)                                                         \
  (__extension__(__typeof__(&function)) dlsym(RTLD_NEXT, #function))

#endif
