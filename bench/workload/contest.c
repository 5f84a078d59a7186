/* Windows of competition, added up (see contest.h). */
#include "bench/workload/contest.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/workload/domains.h"
#include "results/stats.h"

_Static_assert(sizeof(struct bench_contest_entry) <= BENCH_MEMBER_ROOM,
               "an entry fits");

static struct bench_window orders_of(const struct bench_contest *contest,
                                     const struct bench_member *member) {
  const struct bench_clock *clock = contest->trial->clock;
  return (struct bench_window){
      .member = member->index,
      .section = contest->section,
      .think = contest->think,
      .payload = contest->payload,
      .lines = contest->lines,
      .domain_of = contest->domain_of,
      .ns_scale = (uint64_t)(clock->ns_per_tick * 4294967296.0),
      .pair_ticks = (uint64_t)clock->pair_ticks,
      .every = bench_frame_every(contest->trial->threads),
  };
}

static void compete(const struct bench_frame *frame,
                    struct bench_member *member, size_t number,
                    struct bench_slice *out) {
  const struct bench_contest *contest = frame->context;
  struct bench_contest_entry *entry = member->room;
  struct bench_window orders = orders_of(contest, member);
  orders.begin = frame->begin + number * frame->length;
  orders.deadline = orders.begin + frame->length;
  orders.acquire_ns = &entry->acquire_ns[number];
  orders.runs = &entry->runs[number];
  contest->loop(contest->site, &orders);
  *out = (struct bench_slice){.started = orders.started,
                              .stopped = orders.stopped,
                              .operations = orders.operations,
                              .exclusive = orders.operations,
                              .handovers = orders.handovers,
                              .from_node = orders.from_node,
                              .from_l3 = orders.from_l3,
                              .head = orders.head,
                              .tail = orders.tail,
                              .longest = orders.longest_run,
                              .gap = orders.gap};
}

static void merge_chosen(const struct bench_frame *frame,
                         struct bench_contest_result *out) {
  for (size_t m = 0; m < frame->trial->threads; m++) {
    struct bench_contest_entry *entry =
        bench_team_member(frame->trial->team, m)->room;
    for (size_t i = 0; i < frame->chosen_count; i++) {
      size_t k = frame->chosen[i];
      const struct bench_slice *slice = &entry->slices[k];
      if (slice->handovers) /* its head comes back, joined */
        entry->runs[k].count[results_histogram_index(slice->head)]--;
      results_histogram_merge(&out->runs, &entry->runs[k]);
      results_histogram_merge(&out->acquire_ns, &entry->acquire_ns[k]);
    }
  }
}

static void add_up(const struct bench_contest *contest,
                   const struct bench_frame *frame,
                   struct bench_contest_result *out) {
  const size_t threads = contest->trial->threads;
  memset(out, 0, sizeof *out);
  merge_chosen(frame, out);
  out->longest_run = (double)bench_slices_join(&frame->all, frame->chosen,
                                               frame->chosen_count, &out->runs);
  out->sum = frame->sum;
  out->node_chance = bench_domains_chance(contest->domain_of, frame->by_member,
                                          threads, BENCH_L3_BITS);
  out->l3_chance =
      bench_domains_chance(contest->domain_of, frame->by_member, threads, 0);
  out->node_jain = bench_domains_jain(contest->domain_of, frame->by_member,
                                      threads, BENCH_L3_BITS);
}

int bench_contest_run(struct bench_contest *contest,
                      struct bench_contest_result *out) {
  struct bench_trial *trial = contest->trial;
  struct bench_frame frame = {.trial = trial,
                              .window_ns = contest->window_ns,
                              .slices = contest->slices,
                              .room_bytes = sizeof(struct bench_contest_entry),
                              .compete = compete,
                              .context = contest};
  contest->section = bench_chain_links(trial->clock, trial->section_ns);
  contest->think = bench_chain_links(trial->clock, trial->think_ns);
  contest->domain_of = calloc(trial->threads, sizeof *contest->domain_of);
  if (!contest->domain_of)
    return -ENOMEM;
  bench_domains_fill(trial, contest->domain_of);
  int error = bench_frame_run(&frame);
  if (!error)
    add_up(contest, &frame, out);
  bench_frame_free(&frame);
  free(contest->domain_of);
  return error;
}

/* A share of hand-overs, beside what chance would give. */
static void report_migration(struct results_trial *out,
                             const struct bench_contest_result *result) {
  const struct bench_slices_sum *sum = &result->sum;
  out->node_share_random = result->node_chance;
  out->l3_share_random = result->l3_chance;
  out->node_jain = result->node_jain;
  if (!isnan(result->node_chance))
    out->node_share = sum->from_node / sum->handovers;
  if (!isnan(result->l3_chance))
    out->l3_share = sum->from_l3 / sum->handovers;
}

void bench_contest_report(struct bench_trial *trial,
                          const struct bench_contest_result *result) {
  const struct bench_slices_sum *sum = &result->sum;
  const double span_ns = sum->ticks * trial->clock->ns_per_tick;
  struct results_trial *out = trial->out;
  if (!bench_frame_report(trial, sum))
    return;
  results_histogram_merge(trial->acquire_ns, &result->acquire_ns);
  out->acquire_p50_ns = results_histogram_percentile(trial->acquire_ns, 0.50);
  out->acquire_p99_ns = results_histogram_percentile(trial->acquire_ns, 0.99);
  if (trial->threads == 1)
    return;
  out->handover_share = sum->handovers / sum->operations;
  out->longest_run = result->longest_run;
  out->run_p50 = results_histogram_percentile(&result->runs, 0.50);
  out->run_p99 = results_histogram_percentile(&result->runs, 0.99);
  if (sum->handovers <= 0)
    return;
  out->handover_ns = span_ns / sum->handovers;
  report_migration(out, result);
}

void bench_contest_trial(struct bench_trial *trial,
                         void (*loop)(struct bench_site *,
                                      struct bench_window *)) {
  static struct bench_contest_result result; /* large: histograms */
  struct bench_contest contest = {
      .trial = trial,
      .site = &trial->sites[0],
      .payload = trial->payload,
      .lines = trial->variant->cs_lines,
      .window_ns = trial->window_ns * trial->workload->windows,
      .slices =
          trial->workload->crowded ? 1 : bench_frame_slices(trial->window_ns),
      .loop = loop};
  bench_frame_reset(trial);
  if (!bench_contest_run(&contest, &result))
    bench_contest_report(trial, &result);
}
