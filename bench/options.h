/* What a run of measurements was asked for: options after parsing.
 *
 * Texts are checked where their meaning is known: lock and workload names by
 * bench_plan_make(), CPUs and policies by topology/. options.def says what
 * each is; a text that was not given is NULL. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bench_options {
#define BENCH_TEXT(field, name, argument, help) const char *field;
#define BENCH_PLACE(field, name, argument, help) const char *field;
#define BENCH_FLAG(field, name, help) bool field;
#define BENCH_COUNT(field, name, low, high, help) uint64_t field;
#include "bench/options.def"
  const char *filter; /* Google Benchmark's --benchmark_filter, or NULL */
};

#endif
