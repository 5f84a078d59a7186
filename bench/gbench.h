/* Google Benchmark for C: a case is registered, run and reported from here.
 *
 * The body runs its whole loop itself: C++ calls it once a run, inside the
 * library's timing, so that a C loop costs what a C++ one does (bench_micro
 * compares them). Random interleaving is on unless the user says otherwise,
 * and every run ends up in one JSON file of the library's own format.
 *
 * No function lets a C++ exception out. A body must not leave by longjmp,
 * pthread_exit or cancellation. Not thread-safe: one caller. */
#ifndef BENCH_GBENCH_H
#define BENCH_GBENCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bench_gbench; /* one run in progress */

struct bench_gbench_case {
  const char *name;
  /* Does `n` iterations; the library's clock runs around this call. With
   * several threads each does so at once. */
  void (*body)(struct bench_gbench *, void *context, uint64_t n);
  /* Before and after, outside the clock, by thread 0; either may be NULL. */
  void (*begin)(struct bench_gbench *, void *context);
  void (*end)(struct bench_gbench *, void *context);
  void *context;       /* must outlive the run */
  uint64_t iterations; /* 0: the library finds them */
  int threads;         /* of the library's own; 0: one */
  bool manual_time;    /* the body reports its time itself */
};

/* Takes the --benchmark_* options out of argv and hands them to the library.
 * @param refused  the option that is not the library's, on -EINVAL
 * @return 0, or -EINVAL: argv unchanged */
int bench_gbench_init(int *argc, char **argv, const char **refused);

/* @return true when --benchmark_list_tests was given */
bool bench_gbench_lists(void);

/* The filter in force, --benchmark_filter at first: a regular expression that
 * names of cases are searched for, or excluded by with a `-` before it. NULL
 * selects all; the text is copied. */
const char *bench_gbench_filter(void);
void bench_gbench_set_filter(const char *filter);

/* @return false when the filter excludes a case of that name */
bool bench_gbench_selects(const char *name);

/* Opens the JSON report; runs before it are reported nowhere.
 * @return 0 or a negative errno */
int bench_gbench_open(const char *path);

/* Runs one case once.
 * @param round   repetition this run is, from 0, as the report names it
 * @param rounds  repetitions in all, from 1; as it is known by now
 * @return 0 or -ENOMEM */
int bench_gbench_run(const struct bench_gbench_case *one, unsigned round,
                     unsigned rounds);

/* Completes the JSON report. @return 0 or -EIO */
int bench_gbench_close(void);

/* For bodies and hooks. Time is in seconds for the whole run. */
int bench_gbench_thread(const struct bench_gbench *); /* from 0 */
void bench_gbench_seconds(struct bench_gbench *, double seconds);
void bench_gbench_counter(struct bench_gbench *, const char *name, double);
void bench_gbench_skip(struct bench_gbench *, const char *why);

/* Runs a case once, reported nowhere.
 * @param ns  out: real time of an iteration
 * @return 0 or -ENOMEM */
int bench_gbench_time(const struct bench_gbench_case *, double *ns);

/* Loops in the library's own manner, in C++: what the wrapper is held
 * against. The chain is that of bench/clock.h, a link an iteration. */
enum bench_gbench_native { BENCH_GBENCH_EMPTY, BENCH_GBENCH_CHAIN };

/* Runs one of them once; else as bench_gbench_time(). */
int bench_gbench_time_native(enum bench_gbench_native, uint64_t iterations,
                             double *ns);

#ifdef __cplusplus
}
#endif
#endif
