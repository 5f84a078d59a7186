/* Does it matter which line a lock lies on, and what lies beside it?
 *
 * The same competition on eight instances of the lock, each on a page of its
 * own that is new in every trial; which slice of the L3 keeps a line depends
 * on its address. `line_spread` is the slowest instance over the fastest. The
 * data that the lock protects lies on lines of its own, or, `packed`, beside
 * the lock on its line: what most programs have. */
#include <errno.h>

#include "bench/workload/contest.h"
#include "results/stats.h"

enum { PACKED = 1, BESIDE = 32 /* bytes from the lock to its data */ };

static const struct bench_variant variants[] = {
    {.text = "padded"}, {.text = "packed", .choice = PACKED}, {.text = ""}};

static int run_page(struct bench_trial *trial, size_t page,
                    struct bench_contest_result *result) {
  struct bench_site *site = &trial->pages[page].site;
  bool packed = trial->variant->choice == PACKED;
  struct bench_contest contest = {.trial = trial,
                                  .site = site,
                                  .payload = packed ? site->lock + BESIDE
                                                    : trial->payload,
                                  .lines = 1,
                                  .window_ns = trial->window_ns / BENCH_PAGES,
                                  .loop = trial->kernel->compete};
  trial->kernel->init(site);
  int error = bench_contest_run(&contest, result);
  trial->sites[0].data.count += site->data.count;
  return error;
}

static void run(struct bench_trial *trial) {
  static struct bench_contest_result result;
  double op_ns[BENCH_PAGES], handover_ns[BENCH_PAGES], overlap = 1;
  size_t moved = 0;
  bench_trial_reset(trial);
  for (size_t i = 0; i < BENCH_PAGES; i++) {
    if (run_page(trial, i, &result))
      return;
    op_ns[i] = result.span_ns / result.operations;
    if (result.handovers > 0)
      handover_ns[moved++] = result.span_ns / result.handovers;
    if (result.common_ns / result.span_ns < overlap)
      overlap = result.common_ns / result.span_ns;
  }
  results_sort(op_ns, BENCH_PAGES);
  results_sort(handover_ns, moved);
  trial->out->op_ns = results_median_sorted(op_ns, BENCH_PAGES);
  trial->out->handover_ns = results_median_sorted(handover_ns, moved);
  trial->out->line_spread = op_ns[BENCH_PAGES - 1] / op_ns[0];
  trial->out->overlap = overlap > 0 ? overlap : 0;
}

const struct bench_workload bench_lines = {
    .name = "lines",
    .help = "the same competition on eight lines of fresh pages, the data "
            "beside the lock or apart: the spread by address",
    .columns = {{"op_ns", "ns/op"},
                {"handover_ns", "ns/hand-over"},
                {"line_spread", "slowest/fastest"}},
    .sets = BENCH_PAIRS,
    .least_cpus = 2,
    .contended = true,
    .stamps = true,
    .on_request = true,
    .word = true,
    .variants = variants,
    .windows = 1,
    .run = run,
};
