/* Members, their memory and their barrier (see team.h). */
#include "bench/trial/team.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench/kernel/kernel.h"
#include "bench/trial/domain.h"
#include "bench/trial/rseq.h"
#include "locks/cpu.h"
#include "locks/thread.h"
#include "topology/memory.h"
#include "topology/pin.h"

enum {
  STACK_BYTES = 256 * 1024,
  BLOCK_BYTES = STACK_BYTES + BENCH_MEMBER_ROOM,
};

struct seat {
  _Alignas(BENCH_LINE) struct bench_member member;
  pthread_t thread;
  unsigned char *block; /* stack below, room above */
  uint32_t met;         /* barriers passed in this run */
};

struct bench_team {
  const struct topology_machine *machine;
  size_t count, started;
  bool crowded; /* more members than CPUs: who waits must let others run */
  struct seat *seats;

  pthread_mutex_t mutex; /* guards what follows, up to `busy` */
  pthread_cond_t start, done;
  void (*body)(struct bench_member *, void *);
  void *context;
  size_t active; /* members that take part in this run */
  uint64_t run;  /* number of the run, from 1 */
  size_t busy;   /* members that have not finished it (or have not started) */
  int error;     /* first failure of a pin check */
  unsigned error_cpu;

  _Alignas(BENCH_LINE) _Atomic uint32_t arrived;
  _Alignas(BENCH_LINE) _Atomic uint32_t passed;
};

void bench_team_meet(struct bench_member *member) {
  struct bench_team *team = member->team;
  struct seat *seat = &team->seats[member->index];
  const uint32_t next = ++seat->met;
  if (atomic_fetch_add_explicit(&team->arrived, 1, memory_order_acq_rel) + 1 ==
      next * team->active) {
    atomic_store_explicit(&team->passed, next, memory_order_release);
    return;
  }
  while (atomic_load_explicit(&team->passed, memory_order_acquire) != next)
    if (team->crowded)
      sched_yield();
    else
      cpu_pause();
}

static void finish(struct bench_team *team) {
  if (--team->busy == 0)
    pthread_cond_signal(&team->done);
}

static void measure(struct bench_member *member) {
  struct bench_team *team = member->team;
  bench_team_meet(member);
  bench_witness_open(&member->witness, member->cpu);
  bench_team_meet(member);
  team->body(member, team->context);
  bench_witness_close(&member->witness);
}

/* Sleeps until the next run that this member takes part in.
 * @return false when the team ends */
static bool wait_for_run(struct bench_member *member, uint64_t *seen) {
  struct bench_team *team = member->team;
  pthread_mutex_lock(&team->mutex);
  while (team->run == *seen || (team->body && member->index >= team->active)) {
    *seen = team->run;
    pthread_cond_wait(&team->start, &team->mutex);
  }
  *seen = team->run;
  bool go = team->body != NULL;
  pthread_mutex_unlock(&team->mutex);
  return go;
}

static void *member_main(void *argument) {
  struct bench_member *member = argument;
  struct bench_team *team = member->team;
  uint64_t seen = 0;
  int error = topology_pin_check(member->cpu);
  lock_thread_attach();
  lock_thread_set_domain(bench_domain_of(team->machine, member->cpu));
  pthread_mutex_lock(&team->mutex);
  if (error && !team->error) {
    team->error = error;
    team->error_cpu = member->cpu;
  }
  finish(team);
  pthread_mutex_unlock(&team->mutex);
  while (wait_for_run(member, &seen)) {
    measure(member);
    pthread_mutex_lock(&team->mutex);
    finish(team);
    pthread_mutex_unlock(&team->mutex);
  }
  return NULL;
}

static int start_member(struct bench_team *team, size_t index, unsigned cpu,
                        char *why, size_t why_size) {
  struct seat *seat = &team->seats[index];
  const struct topology_cpu *place = topology_cpu_find(team->machine, cpu);
  int home = place && place->node != TOPOLOGY_NO_NODE ? (int)place->node
                                                      : TOPOLOGY_HOME_FIRST;
  void *block;
  int error = topology_memory_alloc(team->machine, BLOCK_BYTES, home, &block);
  if (error) {
    topology_memory_why(error, home, why, why_size);
    return error;
  }
  /* A stack that we bring has no guard page: its lowest page becomes one. */
  if (mprotect(block, (size_t)sysconf(_SC_PAGESIZE), PROT_NONE)) {
    error = -errno;
    snprintf(why, why_size, "a stack cannot be guarded: %s", strerror(errno));
    topology_memory_free(block, BLOCK_BYTES);
    return error;
  }
  seat->block = block;
  seat->member = (struct bench_member){.team = team,
                                       .index = index,
                                       .cpu = cpu,
                                       .room = seat->block + STACK_BYTES};
  error = topology_thread_create(team->machine, cpu, block, STACK_BYTES,
                                 &seat->thread, member_main, &seat->member);
  if (error) {
    topology_pin_why(error, cpu, why, why_size);
    topology_memory_free(block, BLOCK_BYTES);
    return error;
  }
  team->started++;
  return 0;
}

/* Waits until every started member has reported. */
static void wait_until_idle(struct bench_team *team) {
  pthread_mutex_lock(&team->mutex);
  while (team->busy)
    pthread_cond_wait(&team->done, &team->mutex);
  pthread_mutex_unlock(&team->mutex);
}

static struct bench_team *make(const struct topology_machine *machine,
                               size_t count) {
  struct bench_team *team = aligned_alloc(BENCH_LINE, sizeof *team);
  struct seat *seats = aligned_alloc(BENCH_LINE, count * sizeof *seats);
  if (!team || !seats) {
    free(team);
    free(seats);
    return NULL;
  }
  memset(team, 0, sizeof *team);
  memset(seats, 0, count * sizeof *seats);
  team->machine = machine;
  team->count = count;
  team->crowded = count > topology_cpu_count(machine);
  team->seats = seats;
  team->busy = count;
  pthread_mutex_init(&team->mutex, NULL);
  pthread_cond_init(&team->start, NULL);
  pthread_cond_init(&team->done, NULL);
  return team;
}

int bench_team_start(const struct topology_machine *machine,
                     const unsigned *cpus, size_t count,
                     struct bench_team **out, char *why, size_t why_size) {
  struct bench_team *team = make(machine, count);
  if (!team) {
    snprintf(why, why_size, "no memory for %zu threads", count);
    return -ENOMEM;
  }
  (void)bench_rseq_usable(); /* tried once, before anybody measures */
  int error = 0;
  for (size_t i = 0; i < count && !error; i++)
    error = start_member(team, i, cpus[i], why, why_size);
  pthread_mutex_lock(&team->mutex);
  team->busy -= count - team->started;
  pthread_mutex_unlock(&team->mutex);
  wait_until_idle(team);
  if (!error && team->error) {
    error = team->error;
    topology_pin_why(error, team->error_cpu, why, why_size);
  }
  if (error) {
    bench_team_stop(team);
    return error;
  }
  *out = team;
  return 0;
}

void bench_team_stop(struct bench_team *team) {
  if (!team)
    return;
  pthread_mutex_lock(&team->mutex);
  team->body = NULL;
  team->run++;
  pthread_cond_broadcast(&team->start);
  pthread_mutex_unlock(&team->mutex);
  for (size_t i = 0; i < team->started; i++) {
    pthread_join(team->seats[i].thread, NULL);
    topology_memory_free(team->seats[i].block, BLOCK_BYTES);
  }
  pthread_cond_destroy(&team->done);
  pthread_cond_destroy(&team->start);
  pthread_mutex_destroy(&team->mutex);
  free(team->seats);
  free(team);
}

size_t bench_team_size(const struct bench_team *team) {
  return team->count;
}

struct bench_member *bench_team_member(struct bench_team *team, size_t index) {
  return &team->seats[index].member;
}

void bench_team_run(struct bench_team *team, size_t count,
                    void (*body)(struct bench_member *, void *), void *context,
                    struct bench_witness *seen) {
  for (size_t i = 0; i < count; i++)
    team->seats[i].met = 0;
  atomic_store_explicit(&team->arrived, 0, memory_order_relaxed);
  atomic_store_explicit(&team->passed, 0, memory_order_relaxed);
  pthread_mutex_lock(&team->mutex);
  team->body = body;
  team->context = context;
  team->active = count;
  team->busy = count;
  team->run++;
  pthread_cond_broadcast(&team->start);
  pthread_mutex_unlock(&team->mutex);
  wait_until_idle(team);
  for (size_t i = 0; seen && i < count; i++)
    bench_witness_add(seen, &team->seats[i].member.witness);
}

size_t bench_team_member_bytes(void) {
  return BLOCK_BYTES;
}
