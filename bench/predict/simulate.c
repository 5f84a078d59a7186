/* A heap of askings, a queue of waiters, one lock (see simulate.h). */
#include "bench/predict/simulate.h"

#include <errno.h>
#include <stdbool.h>
#include <math.h>
#include <stdlib.h>

#include "results/random.h"

/* A thread that is going to ask, or has. */
struct asking {
  double at_ns;
  size_t thread;
};

struct state {
  const struct bench_simulation *simulation;
  struct asking *heap; /* earliest first */
  size_t heap_count;
  struct asking *queue; /* a ring of waiters */
  size_t queue_first, queue_count;
  struct results_random random;
  size_t owner;
  bool owned;         /* by anybody yet */
  double released_ns; /* start of the last release */
  uint64_t handovers, waited;
};

static bool before(const struct asking *a, const struct asking *b) {
  return a->at_ns < b->at_ns || (a->at_ns == b->at_ns && a->thread < b->thread);
}

static void push(struct state *state, struct asking one) {
  size_t i = state->heap_count++;
  for (; i && before(&one, &state->heap[(i - 1) / 2]); i = (i - 1) / 2)
    state->heap[i] = state->heap[(i - 1) / 2];
  state->heap[i] = one;
}

static struct asking pop(struct state *state) {
  struct asking *heap = state->heap, first = heap[0];
  struct asking last = heap[--state->heap_count];
  size_t i = 0, count = state->heap_count;
  for (size_t child = 1; child < count; child = 2 * i + 1) {
    if (child + 1 < count && before(&heap[child + 1], &heap[child]))
      child++;
    if (!before(&heap[child], &last))
      break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = last;
  return first;
}

/* Those who ask while the lock is held stand in line. */
static void line_up(struct state *state, double until_ns) {
  size_t threads = state->simulation->threads;
  while (state->heap_count && state->heap[0].at_ns <= until_ns) {
    size_t last = (state->queue_first + state->queue_count++) % threads;
    state->queue[last] = pop(state);
  }
}

static struct asking leave_line(struct state *state) {
  struct asking first = state->queue[state->queue_first];
  state->queue_first = (state->queue_first + 1) % state->simulation->threads;
  state->queue_count--;
  return first;
}

static const struct bench_distance_costs *
costs_between(const struct bench_simulation *s, size_t from, size_t to) {
  return &s->costs[s->distance[from * s->threads + to]];
}

/* What the section takes on a thread that the data must come to. */
static double moved_section(const struct bench_simulation *s,
                            const struct bench_distance_costs *costs) {
  if (s->section_ns < costs->fetch_ns)
    return fmax(s->section_ns, costs->fetch_ns - s->drain_ns);
  return costs->fetch_ns + fmax(s->section_ns, costs->claim_ns);
}

/* The next in turn becomes the owner, and releases in the end. */
static void grant(struct state *state) {
  const struct bench_simulation *s = state->simulation;
  const bool waited = state->queue_count > 0;
  const double crowd_ns =
      waited ? s->crowd_ns * (double)(state->queue_count - 1) : 0;
  const struct asking next = waited ? leave_line(state) : pop(state);
  const bool other = state->owned && state->owner != next.thread;
  double in_ns = next.at_ns + s->own_ns, section_ns = s->section_ns;
  if (other) {
    const struct bench_distance_costs *costs =
        costs_between(s, state->owner, next.thread);
    double passed_ns = state->released_ns + costs->pass_ns + crowd_ns;
    in_ns = next.at_ns + costs->take_ns;
    in_ns = waited && passed_ns > in_ns ? passed_ns : in_ns;
    section_ns = moved_section(s, costs);
  }
  state->released_ns = in_ns + section_ns;
  state->owner = next.thread;
  state->owned = true;
  state->handovers += other;
  state->waited += waited;
}

static double think(struct state *state) {
  const struct bench_simulation *s = state->simulation;
  if (!(s->jitter > 0))
    return s->think_ns;
  return s->think_ns *
         (1 + s->jitter * (2 * results_random_unit(&state->random) - 1));
}

/* One turn: somebody gets the lock, releases it and goes on. */
static void turn(struct state *state) {
  const struct bench_simulation *s = state->simulation;
  grant(state);
  line_up(state, state->released_ns);
  double release_ns = state->queue_count ? s->retire_ns : s->leave_ns;
  push(state, (struct asking){state->released_ns + release_ns + think(state),
                              state->owner});
}

static void run(struct state *state, struct bench_simulated *out) {
  const struct bench_simulation *s = state->simulation;
  const uint64_t lead = s->grants / 10, counted = s->grants - lead;
  for (size_t i = 0; i < s->threads; i++)
    push(state, (struct asking){0, i});
  for (uint64_t i = 0; i < lead; i++)
    turn(state);
  double start_ns = lead ? state->released_ns : 0;
  state->handovers = state->waited = 0;
  for (uint64_t i = 0; i < counted; i++)
    turn(state);
  *out = (struct bench_simulated){
      .op_ns = (state->released_ns - start_ns) / (double)counted,
      .handover_share = (double)state->handovers / (double)counted,
      .waited_share = (double)state->waited / (double)counted};
}

int bench_simulate(const struct bench_simulation *simulation,
                   struct bench_simulated *out) {
  struct state state = {.simulation = simulation,
                        .heap = calloc(simulation->threads, sizeof *state.heap),
                        .queue =
                            calloc(simulation->threads, sizeof *state.queue),
                        .random = results_random_seed(simulation->seed)};
  int error = state.heap && state.queue ? 0 : -ENOMEM;
  if (!error)
    run(&state, out);
  free(state.heap);
  free(state.queue);
  return error;
}

struct bench_bounds bench_simulation_bounds(const struct bench_simulation *s) {
  struct bench_bounds bounds = {
      .work_ns = (s->think_ns + s->own_ns + s->section_ns + s->leave_ns) /
                 (double)s->threads};
  if (s->threads < 2)
    return bounds;
  double sum = 0;
  for (size_t i = 0; i < s->threads; i++)
    for (size_t j = 0; j < s->threads; j++)
      if (i != j) {
        const struct bench_distance_costs *costs = costs_between(s, i, j);
        sum += costs->pass_ns + moved_section(s, costs);
      }
  double pairs = (double)s->threads * (double)(s->threads - 1);
  bounds.lock_ns = sum / pairs;
  return bounds;
}
