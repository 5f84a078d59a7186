/* Round trips of stamps (see offset.h). */
#include "bench/trial/offset.h"

#include <math.h>
#include <stdatomic.h>

#include "locks/cpu.h"

enum { TRIPS = 2000 };

/* Both words on one line: they travel together. */
struct letter {
  _Atomic uint64_t turn, stamp;
};

struct exchange {
  struct letter *letter;
  struct bench_trip trips[TRIPS];
};

static void await_turn(struct letter *letter, uint64_t turn) {
  while (atomic_load_explicit(&letter->turn, memory_order_acquire) != turn)
    cpu_pause();
}

static void pass(struct letter *letter, uint64_t turn) {
  atomic_store_explicit(&letter->turn, turn, memory_order_release);
}

static void send(struct exchange *exchange) {
  for (uint64_t i = 0; i < TRIPS; i++) {
    struct bench_trip *trip = &exchange->trips[i];
    trip->sent = bench_clock_start();
    pass(exchange->letter, 2 * i + 1);
    await_turn(exchange->letter, 2 * i + 2);
    trip->returned = bench_clock_stop();
    trip->stamped =
        atomic_load_explicit(&exchange->letter->stamp, memory_order_relaxed);
  }
}

static void answer(struct exchange *exchange) {
  for (uint64_t i = 0; i < TRIPS; i++) {
    await_turn(exchange->letter, 2 * i + 1);
    atomic_store_explicit(&exchange->letter->stamp, bench_clock_start(),
                          memory_order_relaxed); /* turn releases it */
    pass(exchange->letter, 2 * i + 2);
  }
}

static void take_part(struct bench_member *member, void *context) {
  if (member->index == 0)
    send(context);
  else
    answer(context);
}

struct bench_offset bench_offset_of(const struct bench_trip *trips,
                                    size_t count, double ns_per_tick) {
  struct bench_offset offset = {.low_ns = -(double)INFINITY,
                                .high_ns = (double)INFINITY};
  double fastest = (double)INFINITY;
  for (size_t i = 0; i < count; i++) {
    const struct bench_trip *trip = &trips[i];
    double low = (double)(int64_t)(trip->stamped - trip->returned);
    double high = (double)(int64_t)(trip->stamped - trip->sent);
    offset.low_ns = fmax(offset.low_ns, low * ns_per_tick);
    offset.high_ns = fmin(offset.high_ns, high * ns_per_tick);
    if (high - low < fastest) {
      fastest = high - low;
      offset.guess_ns = (low + high) / 2 * ns_per_tick;
    }
  }
  return offset;
}

void bench_offset_measure(struct bench_team *team,
                          const struct bench_clock *clock, void *line,
                          struct bench_offset *out) {
  static struct exchange exchange; /* large */
  exchange.letter = line;
  atomic_store_explicit(&exchange.letter->turn, 0, memory_order_relaxed);
  bench_team_run(team, 2, take_part, &exchange, NULL);
  *out = bench_offset_of(exchange.trips, TRIPS, clock->ns_per_tick);
}
