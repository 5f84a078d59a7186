/* Binding with hwloc, checking with the kernel. */
#include "topology/pin.h"

#include <errno.h>
#include <hwloc/glibc-sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>

#include "topology/machine_private.h"

/* Finds the hwloc object of a CPU that a thread may be pinned to. */
static int pinnable(const struct topology_machine *m, unsigned cpu_os,
                    hwloc_obj_t *pu) {
  if (!m->is_this)
    return -ENOTSUP;
  *pu = hwloc_get_pu_obj_by_os_index(m->hwloc, cpu_os);
  return *pu ? 0 : -ENODEV;
}

int topology_pin_check(unsigned cpu_os) {
  struct topology_mask mask = {0};
  if (sched_getaffinity(0, sizeof mask, mask.sets))
    return -errno;
  bool only_there = CPU_COUNT_S(sizeof mask, mask.sets) == 1 &&
                    CPU_ISSET_S(cpu_os, sizeof mask, mask.sets);
  return only_there && sched_getcpu() == (int)cpu_os ? 0 : -EXDEV;
}

/* What a new thread shares with its creator until it has checked itself. */
struct newborn {
  unsigned cpu_os;
  void *(*start)(void *);
  void *arg;
  int verdict;
  sem_t checked;
};

static void *check_and_start(void *shared) {
  struct newborn *newborn = shared;
  void *(*start)(void *) = newborn->start;
  void *arg = newborn->arg;
  int verdict = topology_pin_check(newborn->cpu_os);
  newborn->verdict = verdict;
  sem_post(&newborn->checked); /* from here on newborn is the creator's */
  return verdict ? NULL : start(arg);
}

static int fill_attributes(const struct topology_machine *m, hwloc_obj_t pu,
                           void *stack, size_t stack_size,
                           pthread_attr_t *attributes) {
  struct topology_mask mask;
  if (hwloc_cpuset_to_glibc_sched_affinity(m->hwloc, pu->cpuset, mask.sets,
                                           sizeof mask))
    return -errno;
  int error = pthread_attr_setaffinity_np(attributes, sizeof mask, mask.sets);
  if (!error && stack)
    error = pthread_attr_setstack(attributes, stack, stack_size);
  else if (!error && stack_size)
    error = pthread_attr_setstacksize(attributes, stack_size);
  return -error;
}

/* Creates the thread and waits for its verdict. The attributes are good, so
 * what the kernel calls invalid is a CPU that it has taken from us since the
 * machine was opened. */
static int deliver(const pthread_attr_t *attributes, struct newborn *newborn,
                   pthread_t *out) {
  pthread_t thread;
  int error = pthread_create(&thread, attributes, check_and_start, newborn);
  if (error)
    return error == EINVAL ? -ENODEV : -error;
  while (sem_wait(&newborn->checked) && errno == EINTR)
    ;
  if (newborn->verdict)
    pthread_join(thread, NULL);
  else
    *out = thread;
  return newborn->verdict;
}

int topology_thread_create(const struct topology_machine *m, unsigned cpu_os,
                           void *stack, size_t stack_size, pthread_t *out,
                           void *(*start)(void *), void *arg) {
  hwloc_obj_t pu;
  pthread_attr_t attributes;
  struct newborn newborn = {.cpu_os = cpu_os, .start = start, .arg = arg};
  int error = pinnable(m, cpu_os, &pu);
  if (error)
    return error;
  error = pthread_attr_init(&attributes);
  if (error)
    return -error;
  sem_init(&newborn.checked, 0, 0);
  error = fill_attributes(m, pu, stack, stack_size, &attributes);
  if (!error)
    error = deliver(&attributes, &newborn, out);
  sem_destroy(&newborn.checked);
  pthread_attr_destroy(&attributes);
  return error;
}

int topology_pin_self(const struct topology_machine *m, unsigned cpu_os,
                      struct topology_mask *previous) {
  hwloc_obj_t pu;
  struct topology_mask mask = {0};
  int error = pinnable(m, cpu_os, &pu);
  if (error)
    return error;
  if (sched_getaffinity(0, sizeof mask, mask.sets))
    return -errno;
  if (hwloc_set_cpubind(m->hwloc, pu->cpuset,
                        HWLOC_CPUBIND_THREAD | HWLOC_CPUBIND_STRICT))
    return -errno;
  error = topology_pin_check(cpu_os);
  if (error)
    topology_pin_restore(&mask);
  else
    *previous = mask;
  return error;
}

int topology_pin_restore(const struct topology_mask *mask) {
  return sched_setaffinity(0, sizeof *mask, mask->sets) ? -errno : 0;
}

void topology_pin_why(int error, unsigned cpu_os, char *why, size_t why_size) {
  const char *reason =
      error == -ENOTSUP  ? "the machine is not this one; it should be opened "
                           "without a synthetic or XML source"
      : error == -ENODEV ? "it is not on this machine or not allowed; it "
                           "should be one that `kspin topology` shows"
      : error == -EXDEV  ? "the pin did not take and the thread may run "
                           "elsewhere; the system should honour affinity"
                         : strerror(-error);
  snprintf(why, why_size, "CPU %u: %s", cpu_os, reason);
}
