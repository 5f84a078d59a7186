/* Windows of competition, run and added up (see contest.h). */
#include "bench/workload/contest.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/workload/domains.h"

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
    for (size_t i = 0; i < frame->segments.chosen_count; i++) {
      size_t k = frame->segments.chosen[i];
      const struct bench_slice *slice = &entry->slices[k];
      if (slice->handovers) /* its head comes back, joined */
        entry->runs[k].count[results_histogram_index(slice->head)]--;
      results_histogram_merge(&out->runs, &entry->runs[k]);
      results_histogram_merge(&out->acquire_ns, &entry->acquire_ns[k]);
    }
  }
}

static void add_window(const struct bench_frame *frame) {
  const struct bench_contest *contest = frame->context;
  struct bench_contest_result *out = contest->result;
  merge_chosen(frame, out);
  const uint64_t longest =
      bench_slices_join(&frame->all, frame->segments.chosen,
                        frame->segments.chosen_count, &out->runs);
  out->longest_run = fmax(out->longest_run, (double)longest);
}

/* How evenly the acquisitions came to the machine's domains. */
static void divide(const struct bench_contest *contest,
                   const struct bench_frame *frame) {
  const uint32_t *domain_of = contest->domain_of;
  const size_t threads = contest->trial->threads;
  struct bench_contest_result *out = contest->result;
  out->node_chance =
      bench_domains_chance(domain_of, frame->by_member, threads, BENCH_L3_BITS);
  out->l3_chance =
      bench_domains_chance(domain_of, frame->by_member, threads, 0);
  out->node_jain =
      bench_domains_jain(domain_of, frame->by_member, threads, BENCH_L3_BITS);
}

int bench_contest_run(struct bench_contest *contest,
                      struct bench_contest_result *out) {
  struct bench_trial *trial = contest->trial;
  struct bench_frame frame = {.trial = trial,
                              .window_ns = contest->window_ns,
                              .windows = contest->windows,
                              .slices = contest->slices,
                              .room_bytes = sizeof(struct bench_contest_entry),
                              .compete = compete,
                              .add = add_window,
                              .context = contest};
  memset(out, 0, sizeof *out);
  contest->result = out;
  contest->section = bench_chain_links(trial->clock, trial->section_ns);
  contest->think = bench_chain_links(trial->clock, trial->think_ns);
  contest->domain_of = calloc(trial->threads, sizeof *contest->domain_of);
  if (!contest->domain_of)
    return -ENOMEM;
  bench_domains_fill(trial, contest->domain_of);
  int error = bench_frame_run(&frame);
  if (!error) {
    out->all = frame.result;
    divide(contest, &frame);
  }
  bench_frame_free(&frame);
  free(contest->domain_of);
  return error;
}
