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

enum {
  PACKED = 1,
  BESIDE = 32, /* bytes from the lock to its data */
  SLICES = 5,  /* of a page's share of the window */
};

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
                                  .windows = 1,
                                  .slices = SLICES,
                                  .loop = trial->kernel->compete};
  trial->kernel->init(site);
  int error = bench_contest_run(&contest, result);
  trial->sites[0].data.count += site->data.count;
  return error;
}

/* What the pages gave; none where all slept through its window. */
struct pages {
  double op_ns[BENCH_PAGES], handover_ns[BENCH_PAGES], overlap;
  size_t count, moved;
};

static void add_page(struct bench_trial *trial, struct pages *pages,
                     const struct bench_slices_sum *sum) {
  const double span_ns = sum->ticks * trial->clock->ns_per_tick;
  trial->out->segments_stalled += (double)sum->stalled;
  if (sum->overlap < pages->overlap)
    pages->overlap = sum->overlap;
  if (sum->operations > 0)
    pages->op_ns[pages->count++] = span_ns / sum->operations;
  if (sum->handovers > 0)
    pages->handover_ns[pages->moved++] = span_ns / sum->handovers;
}

static void report(struct results_trial *out, struct pages *pages) {
  out->overlap = pages->overlap;
  results_sort(pages->op_ns, pages->count);
  results_sort(pages->handover_ns, pages->moved);
  if (pages->count < BENCH_PAGES)
    return;
  out->op_ns = results_median_sorted(pages->op_ns, BENCH_PAGES);
  out->handover_ns = results_median_sorted(pages->handover_ns, pages->moved);
  out->line_spread = pages->op_ns[BENCH_PAGES - 1] / pages->op_ns[0];
}

static int run(struct bench_trial *trial) {
  static struct bench_contest_result result; /* large: histograms */
  struct pages pages = {.overlap = 1};
  bench_frame_reset(trial);
  for (size_t i = 0; i < BENCH_PAGES; i++) {
    int error = run_page(trial, i, &result);
    if (error)
      return error;
    add_page(trial, &pages, &result.all.sum);
  }
  report(trial->out, &pages);
  return 0;
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
