/* A seeded fault: every pause in a waiting loop becomes a call. Included
 * before the kernel's own text. */
#ifndef BENCH_SEED_CALL_H
#define BENCH_SEED_CALL_H
#include "locks/cpu.h"
extern void seeded_call(void);
#define cpu_pause() seeded_call()
#endif
