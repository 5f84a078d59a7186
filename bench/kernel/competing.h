/* The loops of free competition, for kernel.tmpl.c.
 *
 * The includer defines SITE_LOCK(site) and what bench/kernel/routines.h
 * provides. Who held the lock before is noted outside of it, by each thread for
 * itself. */
#ifndef BENCH_COMPETING_H
#define BENCH_COMPETING_H

/* What a thread notes for itself about who held the lock before it. */
struct notes {
  uint64_t looked, gap; /* ticks */
  uint64_t run, head, longest, handovers, from_node, from_l3;
};

/* Inside the lock. @return the member that held it last */
BENCH_INLINE uint64_t hold(struct bench_site *site,
                           const struct bench_window *run) {
  const uint64_t before = site->data.owner;
  site->data.owner = run->member;
  site->data.count++;
  for (uint64_t i = 0; i < run->lines; i++)
    run->payload[i * BENCH_LINE]++;
  if (run->section)
    bench_delay(run->section);
  return before;
}

BENCH_INLINE void think(const struct bench_window *run) {
  if (run->think)
    bench_delay(run->think);
}

/* Outside of it: nothing here is shared but a table that nobody writes. */
BENCH_INLINE void note(const struct bench_window *run, struct notes *notes,
                       uint64_t before) {
  if (before == run->member) {
    notes->run++;
    return;
  }
  const uint32_t apart = run->domain_of[before] ^ run->domain_of[run->member];
  results_histogram_record(run->runs, notes->run);
  notes->longest = notes->run > notes->longest ? notes->run : notes->longest;
  notes->head = notes->handovers ? notes->head : notes->run;
  notes->run = 1;
  notes->handovers++;
  notes->from_node += apart >> BENCH_L3_BITS != 0;
  notes->from_l3 += apart != 0;
}

BENCH_INLINE void operate(struct bench_site *site,
                          const struct bench_window *run, struct notes *notes,
                          struct kernel_handle *handle) {
  kernel_acquire(SITE_LOCK(site), handle);
  const uint64_t before = hold(site, run);
  kernel_release(SITE_LOCK(site), handle);
  note(run, notes, before);
  think(run);
}

/* The clock, read when the lock was got. */
BENCH_INLINE void look(struct notes *notes, uint64_t now) {
  const uint64_t gap = now - notes->looked;
  notes->gap = gap > notes->gap ? gap : notes->gap;
  notes->looked = now;
}

/* The same operation with its acquire stamped.
 * @return the stamp of getting the lock */
BENCH_INLINE uint64_t sample(struct bench_site *site,
                             const struct bench_window *run,
                             struct notes *notes,
                             struct kernel_handle *handle) {
  uint64_t start = bench_clock_start();
  kernel_acquire(SITE_LOCK(site), handle);
  uint64_t in = bench_clock_stop();
  const uint64_t before = hold(site, run);
  kernel_release(SITE_LOCK(site), handle);
  uint64_t ticks = in - start;
  ticks = ticks > run->pair_ticks ? ticks - run->pair_ticks : 0;
  results_histogram_record(run->acquire_ns, (ticks * run->ns_scale) >> 32);
  note(run, notes, before);
  look(notes, in);
  think(run);
  return in;
}

BENCH_INLINE void begin(struct bench_window *orders, struct notes *notes) {
  while ((int64_t)(bench_clock_now() - orders->begin) < 0)
    cpu_pause();
  orders->started = notes->looked = bench_clock_now();
}

/* Head and tail belong to runs that go on beyond the window. */
BENCH_INLINE void end(struct bench_window *orders, const struct notes *notes,
                      uint64_t operations) {
  orders->stopped = bench_clock_now();
  orders->operations = operations;
  orders->gap = notes->gap;
  orders->head = notes->handovers ? notes->head : notes->run;
  orders->tail = notes->run;
  orders->longest_run = notes->longest;
  orders->handovers = notes->handovers;
  orders->from_node = notes->from_node;
  orders->from_l3 = notes->from_l3;
}

/* Works on a copy of its orders, which can stay in registers. */
static void compete(struct bench_site *site, struct bench_window *orders) {
  const kernel_level level = kernel_enter();
  const struct bench_window run = *orders;
  struct notes notes = {0};
  struct kernel_handle handle;
  uint64_t operations = 0, in;
  begin(orders, &notes);
  do {
    for (uint64_t i = 1; i < run.every; i++)
      operate(site, &run, &notes, &handle);
    in = sample(site, &run, &notes, &handle);
    operations += run.every;
  } while ((int64_t)(in - run.deadline) < 0);
  end(orders, &notes, operations);
  kernel_leave(level);
}

static void observe(struct bench_site *site, struct bench_window *orders) {
  const kernel_level level = kernel_enter();
  const struct bench_window run = *orders;
  struct notes notes = {0};
  struct kernel_handle handle;
  uint64_t operations = 0, in;
  begin(orders, &notes);
  do {
    in = sample(site, &run, &notes, &handle);
    operations++;
  } while ((int64_t)(in - run.deadline) < 0);
  end(orders, &notes, operations);
  kernel_leave(level);
}

#endif
