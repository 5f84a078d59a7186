/* The timed loop of readers and writers, compiled alone for one reader/writer
 * lock and one set of routines: kernel.tmpl.c's rules hold here, too.
 *
 * Meson passes KERNEL_ROUTINES, KERNEL_HIDDEN, the traits and what
 * bench/kernel/reader_routines.h wants. */
#include "bench/clock.h"
#include "bench/kernel/kernel.h"
#include "bench/kernel/reader_routines.h"
#include "locks/contract.h"
#include "locks/cpu.h"

_Static_assert(sizeof(kernel_lock) <= BENCH_LOCK_ROOM, "a lock fits");

#define SITE_LOCK(site) ((kernel_lock *)(void *)(site)->lock)

/* A section that nobody writes in must still be one. */
#define COMPILER_BARRIER() __asm__ volatile("" ::: "memory")

static void init(struct bench_site *site) {
  kernel_init(SITE_LOCK(site));
  site->data.count = 0;
  site->data.owner = 0;
}

/* What a thread notes for itself. */
struct notes {
  uint64_t looked, gap;         /* ticks */
  uint64_t read_due, write_due; /* so many more until one is stamped */
  uint64_t writes, torn;
  uint32_t random;
};

/* @return 32 random bits of the thread's own (xorshift) */
BENCH_INLINE uint32_t draw(struct notes *notes) {
  notes->random ^= notes->random << 13;
  notes->random ^= notes->random >> 17;
  notes->random ^= notes->random << 5;
  return notes->random;
}

/* A writer counts at both ends of its section; a reader that does not see the
 * same four times was not alone with readers. */
BENCH_INLINE void look(struct bench_site *site, const struct bench_mix *run,
                       struct notes *notes) {
  const uint64_t first = site->data.count, last = site->data.owner;
  (void)bench_chain(first, run->section);
  COMPILER_BARRIER();
  notes->torn +=
      first != last || site->data.count != first || site->data.owner != last;
}

BENCH_INLINE void change(struct bench_site *site, const struct bench_mix *run,
                         struct notes *notes) {
  const uint64_t count = ++site->data.count;
  COMPILER_BARRIER();
  (void)bench_chain(count, run->section);
  site->data.owner = count;
  notes->writes++;
}

BENCH_INLINE void file(const struct bench_mix *run,
                       struct results_histogram *acquire_ns, uint64_t ticks) {
  ticks = ticks > run->pair_ticks ? ticks - run->pair_ticks : 0;
  results_histogram_record(acquire_ns, (ticks * run->ns_scale) >> 32);
}

BENCH_INLINE bool is_due(uint64_t *due, uint64_t every) {
  if (--*due)
    return false;
  *due = every;
  return true;
}

BENCH_INLINE void read_once(struct bench_site *site,
                            const struct bench_mix *run, struct notes *notes) {
  const bool stamped = is_due(&notes->read_due, run->read_every);
  kernel_level old;
  const uint64_t start = stamped ? bench_clock_start() : 0;
  acquire_shared(SITE_LOCK(site), &old);
  const uint64_t in = stamped ? bench_clock_stop() : 0;
  look(site, run, notes);
  release_shared(SITE_LOCK(site), &old);
  if (stamped)
    file(run, run->read_ns, in - start);
}

BENCH_INLINE void write_once(struct bench_site *site,
                             const struct bench_mix *run, struct notes *notes) {
  const bool stamped = is_due(&notes->write_due, run->write_every);
  kernel_level old;
  const uint64_t start = stamped ? bench_clock_start() : 0;
  acquire_exclusive(SITE_LOCK(site), &old);
  const uint64_t in = stamped ? bench_clock_stop() : 0;
  change(site, run, notes);
  release_exclusive(SITE_LOCK(site), &old);
  if (stamped)
    file(run, run->write_ns, in - start);
}

BENCH_INLINE void see(struct notes *notes, uint64_t now) {
  const uint64_t gap = now - notes->looked;
  notes->gap = gap > notes->gap ? gap : notes->gap;
  notes->looked = now;
}

/* Works on a copy of its orders, which can stay in registers. */
static void mix(struct bench_site *site, struct bench_mix *orders) {
  const kernel_level level = kernel_enter();
  const struct bench_mix run = *orders;
  struct notes notes = {.read_due = run.read_every,
                        .write_due = run.write_every,
                        .random = run.random};
  uint64_t operations = 0;
  while ((int64_t)(bench_clock_now() - run.begin) < 0)
    cpu_pause();
  orders->started = notes.looked = bench_clock_now();
  do {
    for (uint64_t i = 0; i < run.every; i++)
      if (draw(&notes) < run.reads)
        read_once(site, &run, &notes);
      else
        write_once(site, &run, &notes);
    see(&notes, bench_clock_now());
    operations += run.every;
  } while ((int64_t)(notes.looked - run.deadline) < 0);
  orders->stopped = bench_clock_now();
  orders->operations = operations;
  orders->gap = notes.gap;
  orders->writes = notes.writes;
  orders->torn = notes.torn;
  kernel_leave(level);
}

#define STRING_(x) #x
#define STRING(x) STRING_(x)
#define NAME_(f, l, r) bench_kernel_##f##_##l##_##r
#define NAME(f, l, r) NAME_(f, l, r)

extern const struct bench_kernel NAME(KERNEL_FAMILY, KERNEL_LOCK,
                                      KERNEL_ROUTINES);
const struct bench_kernel NAME(KERNEL_FAMILY, KERNEL_LOCK, KERNEL_ROUTINES) = {
    .family = STRING(KERNEL_FAMILY),
    .lock = STRING(KERNEL_LOCK),
    .routines = STRING(KERNEL_ROUTINES),
    .acquire_name = KERNEL_ACQUIRE_NAME,
    .release_name = KERNEL_RELEASE_NAME,
    .exclusive = (KERNEL_TRAITS & LOCK_EXCLUSIVE) != 0,
    .ordered = (KERNEL_TRAITS & LOCK_PHASE_FAIR) != 0,
    .hidden = KERNEL_HIDDEN,
    .init = init,
    .mix = mix,
};
