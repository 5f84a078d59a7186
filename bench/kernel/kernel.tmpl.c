/* The timed loops, compiled alone for one lock and one pair of routines.
 *
 * kernel.h says what each is for. Rules of this file: no call, no division,
 * nothing shared but the lock, its protected data and what the workload is
 * about. Meson passes KERNEL_FAMILY, KERNEL_LOCK, KERNEL_ROUTINES, the traits
 * and one KERNEL_<FAMILY>_<ROUTINES>. */
#include <stdatomic.h>

#include "bench/clock.h"
#include "bench/kernel/kernel.h"
#include "bench/kernel/routines.h"
#include "locks/contract.h"
#include "locks/cpu.h"

_Static_assert(sizeof(kernel_lock) <= BENCH_LOCK_ROOM, "a lock fits its room");

/* Threads that the lock can serve at most; 0: any number. */
#ifndef KERNEL_THREADS_MAX
#define KERNEL_THREADS_MAX 0
#endif

#define SITE_LOCK(site) ((kernel_lock *)(void *)(site)->lock)

/* The critical section of a loop that protects nothing must still be one. */
#define COMPILER_BARRIER() __asm__ volatile("" ::: "memory")

static void init(struct bench_site *site) {
  kernel_init(SITE_LOCK(site));
  site->data.count = 0;
  site->data.owner = 0; /* a member, so that it may index a table */
}

struct held {
  kernel_level level;
  struct kernel_handle handle;
};
_Static_assert(sizeof(struct held) <= BENCH_HANDLE_ROOM, "a handle fits");

static void take(struct bench_site *site, struct bench_handle *room) {
  struct held *held = (struct held *)(void *)room->room;
  held->level = kernel_enter();
  kernel_acquire(SITE_LOCK(site), &held->handle);
}

static void give(struct bench_site *site, struct bench_handle *room) {
  struct held *held = (struct held *)(void *)room->room;
  kernel_release(SITE_LOCK(site), &held->handle);
  kernel_leave(held->level);
}

static void pairs(struct bench_site *site, uint64_t n) {
  const kernel_level level = kernel_enter();
  kernel_lock *lock = SITE_LOCK(site);
  struct kernel_handle handle;
  for (; n; n--) {
    kernel_acquire(lock, &handle);
    COMPILER_BARRIER();
    kernel_release(lock, &handle);
    COMPILER_BARRIER();
  }
  kernel_leave(level);
}

static void array(struct bench_site *sites, struct bench_split *out,
                  size_t rounds) {
  const kernel_level level = kernel_enter();
  struct kernel_handle handles[BENCH_ARRAY];
  for (size_t r = 0; r < rounds; r++) {
    uint64_t start = bench_clock_start();
    for (int i = 0; i < BENCH_ARRAY; i++)
      kernel_acquire(SITE_LOCK(&sites[i]), &handles[i]);
    uint64_t held = bench_clock_stop();
    uint64_t leave = bench_clock_start();
    for (int i = BENCH_ARRAY - 1; i >= 0; i--)
      kernel_release(SITE_LOCK(&sites[i]), &handles[i]);
    uint64_t stop = bench_clock_stop();
    out[r].acquire = (uint32_t)(held - start);
    out[r].release = (uint32_t)(stop - leave);
  }
  kernel_leave(level);
}

/* One pair between two stamps each. */
BENCH_INLINE struct bench_split stamp_pair(struct bench_site *site) {
  kernel_lock *lock = SITE_LOCK(site);
  struct kernel_handle handle;
  uint64_t start = bench_clock_start();
  kernel_acquire(lock, &handle);
  uint64_t held = bench_clock_stop();
  site->data.count++;
  uint64_t leave = bench_clock_start();
  kernel_release(lock, &handle);
  uint64_t stop = bench_clock_stop();
  return (struct bench_split){(uint32_t)(held - start),
                              (uint32_t)(stop - leave)};
}

static void events(struct bench_site *site, struct bench_split *out,
                   size_t rounds) {
  const kernel_level level = kernel_enter();
  for (size_t r = 0; r < rounds; r++)
    out[r] = stamp_pair(site);
  kernel_leave(level);
}

static void turns(struct bench_site *site, struct bench_turns *turns,
                  uint64_t member, struct bench_split *out, size_t rounds) {
  const kernel_level level = kernel_enter();
  for (uint64_t r = 0; r < rounds; r++) {
    const uint64_t mine = 2 * r + member;
    while (atomic_load_explicit(&turns->turn, memory_order_acquire) != mine)
      cpu_pause();
    out[r] = stamp_pair(site);
    atomic_store_explicit(&turns->turn, mine + 1, memory_order_release);
  }
  kernel_leave(level);
}

static void alternate(struct bench_site *site, uint64_t links, uint64_t n) {
  const kernel_level level = kernel_enter();
  kernel_lock *lock = SITE_LOCK(site);
  struct kernel_handle handle;
  for (; n; n--) {
    kernel_acquire(lock, &handle);
    bench_delay(links);
    kernel_release(lock, &handle);
  }
  kernel_leave(level);
}

static void stamped(struct bench_site *site, uint64_t links,
                    struct bench_stamp *log, size_t n) {
  const kernel_level level = kernel_enter();
  kernel_lock *lock = SITE_LOCK(site);
  struct kernel_handle handle;
  for (size_t i = 0; i < n; i++) {
    kernel_acquire(lock, &handle);
    uint64_t in = bench_clock_stop();
    uint64_t order = site->data.count++;
    (void)bench_chain(order, links);
    uint64_t out = bench_clock_start();
    kernel_release(lock, &handle);
    log[i] = (struct bench_stamp){order, in, out};
  }
  kernel_leave(level);
}

/* Opens the gates in this round's order and waits until all have joined. */
BENCH_INLINE void gather(const struct bench_release *run, uint32_t round) {
  const uint16_t *order = run->arrivals + (size_t)round * run->waiters;
  for (uint32_t i = 0; i < run->waiters; i++)
    atomic_store_explicit(&run->gates[order[i]].open, round + 1,
                          memory_order_release);
  for (uint32_t i = 0; i < run->waiters; i++)
    while (atomic_load_explicit(&run->gates[i].joined, memory_order_acquire) !=
           round + 1)
      cpu_pause();
  const uint64_t settled = bench_clock_now() + run->settle_ticks;
  while ((int64_t)(bench_clock_now() - settled) < 0)
    cpu_pause();
}

BENCH_INLINE void disperse(const struct bench_release *run, uint32_t round) {
  for (uint32_t i = 0; i < run->waiters; i++)
    while (atomic_load_explicit(&run->gates[i].left, memory_order_acquire) !=
           round + 1)
      cpu_pause();
}

static void release(struct bench_site *site, const struct bench_release *run) {
  const kernel_level level = kernel_enter();
  kernel_lock *lock = SITE_LOCK(site);
  struct kernel_handle handle;
  for (uint32_t r = 0; r < run->round_count; r++) {
    uint64_t start, stop;
    kernel_acquire(lock, &handle);
    site->data.count++;
    gather(run, r);
    if (r & 1) {
      start = bench_clock_start();
      kernel_release(lock, &handle);
      stop = bench_clock_stop_drained();
    } else {
      start = bench_clock_start();
      kernel_release(lock, &handle);
      stop = bench_clock_stop();
    }
    run->rounds[r] = (struct bench_released){start, stop};
    disperse(run, r);
  }
  kernel_leave(level);
}

static void join(struct bench_site *site, const struct bench_joined *run) {
  const kernel_level level = kernel_enter();
  kernel_lock *lock = SITE_LOCK(site);
  struct kernel_handle handle;
  for (uint32_t r = 0; r < run->round_count; r++) {
    while (atomic_load_explicit(&run->gate->open, memory_order_acquire) !=
           r + 1)
      cpu_pause();
    atomic_store_explicit(&run->gate->joined, r + 1, memory_order_release);
    kernel_acquire(lock, &handle);
    run->in[r] = bench_clock_stop();
    site->data.count++;
    kernel_release(lock, &handle);
    atomic_store_explicit(&run->gate->left, r + 1, memory_order_release);
  }
  kernel_leave(level);
}

#include "bench/kernel/competing.h"

#define STRING_(x) #x
#define STRING(x) STRING_(x)
#define NAME_(f, l, r, s) bench_kernel_##f##_##l##_##r##s
#define NAME(f, l, r, s) NAME_(f, l, r, s)

#ifdef KERNEL_SUFFIX
#define RELAX LOCK_RELAX_NAME
#else
#define KERNEL_SUFFIX
#define RELAX NULL
#endif
#define KERNEL NAME(KERNEL_FAMILY, KERNEL_LOCK, KERNEL_ROUTINES, KERNEL_SUFFIX)

extern const struct bench_kernel KERNEL;
const struct bench_kernel KERNEL = {
    .family = STRING(KERNEL_FAMILY),
    .lock = STRING(KERNEL_LOCK),
    .routines = STRING(KERNEL_ROUTINES),
    .acquire_name = KERNEL_ACQUIRE_NAME,
    .release_name = KERNEL_RELEASE_NAME,
    .relax = RELAX,
    .threads_most = KERNEL_THREADS_MAX,
    .exclusive = (KERNEL_TRAITS & LOCK_EXCLUSIVE) != 0,
    .ordered = (KERNEL_TRAITS & LOCK_FIFO) != 0,
    .hidden = KERNEL_HIDDEN,
    .init = init,
    .take = take,
    .give = give,
    .pairs = pairs,
    .array = array,
    .events = events,
    .turns = turns,
    .alternate = alternate,
    .stamped = stamped,
    .release = release,
    .join = join,
    .compete = compete,
    .observe = observe,
};
