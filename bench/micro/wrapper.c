/* Does a C body under the wrapper cost what a C++ loop of Google Benchmark's
 * own costs? Same iterations, one after the other, many times. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "bench/gbench.h"
#include "bench/micro/micro.h"
#include "results/stats.h"

enum { ITERATIONS = 500000, REPETITIONS = 41 };

/* One loop in both languages. */
struct comparison {
  const char *ratio_name, *c_name, *native_name;
  enum bench_gbench_native native;
  void (*body)(struct bench_gbench *, void *, uint64_t);
};

static void empty(struct bench_gbench *run, void *context, uint64_t n) {
  (void)run, (void)context;
  for (; n; n--)
    __asm__ volatile("" ::: "memory");
}

static void chain(struct bench_gbench *run, void *context, uint64_t n) {
  (void)run, (void)context;
  (void)bench_chain(1, n);
}

/* What the ratio is there to find: a few cycles in every iteration. */
static void dawdle(struct bench_gbench *run, void *context, uint64_t n) {
  (void)run, (void)context;
  (void)bench_chain(1, 3 * n);
}

static const struct comparison comparisons[] = {
    {"wrapper_empty", "wrapper_empty_c", "wrapper_empty_native",
     BENCH_GBENCH_EMPTY, empty},
    {"wrapper_chain", "wrapper_chain_c", "wrapper_chain_native",
     BENCH_GBENCH_CHAIN, chain},
};

/* Fastest iterations so far, in ns. */
struct pair {
  double c_ns, native_ns;
};

static int repeat(const struct comparison *comparison,
                  const struct bench_gbench_case *ours, struct pair *least) {
  for (int i = 0; i < REPETITIONS; i++) {
    double c_ns, native_ns;
    int error = bench_gbench_time(ours, &c_ns);
    if (!error)
      error =
          bench_gbench_time_native(comparison->native, ITERATIONS, &native_ns);
    if (error)
      return error;
    least->c_ns = fmin(least->c_ns, c_ns);
    least->native_ns = fmin(least->native_ns, native_ns);
  }
  return 0;
}

static int compare(struct bench_micro *micro,
                   const struct comparison *comparison) {
  struct pair least = {(double)INFINITY, (double)INFINITY};
  const struct bench_gbench_case ours = {.name = comparison->c_name,
                                         .body = micro->slow ? dawdle
                                                             : comparison->body,
                                         .iterations = ITERATIONS};
  struct bench_micro_row row = {comparison->ratio_name, "ratio",
                                (double)INFINITY, 1.05,
                                "C body over native C++ loop"};
  for (int i = 0; i < micro->attempts && !bench_micro_holds(&row); i++) {
    int error = repeat(comparison, &ours, &least);
    if (error)
      return error;
    row.value = least.c_ns / least.native_ns;
  }
  bench_micro_add(micro, row);
  bench_micro_add(micro, (struct bench_micro_row){
                             comparison->c_name, "ns", least.c_ns, (double)NAN,
                             "an iteration of the C body"});
  bench_micro_add(micro, (struct bench_micro_row){
                             comparison->native_name, "ns", least.native_ns,
                             (double)NAN, "an iteration of the native loop"});
  return 0;
}

int bench_micro_wrapper(struct bench_micro *micro) {
  int error = 0;
  for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons && !error;
       i++)
    error = compare(micro, &comparisons[i]);
  return error;
}
