/* Watches a kspin that runs beside it in one process (LD_PRELOAD) and writes
 * down where its threads and its memory really are.
 *
 * It knows nothing of kspin: it sees threads begin and end, and blocks of
 * memory go; each time it asks the kernel itself. One line each, appended to
 * the file that KSPIN_WITNESS names:
 *
 *   enter CPU mask HEX stack NODE   a thread begins
 *   leave CPU mask HEX              it ends
 *   moved CPU mask HEX              the main thread has been bound
 *   member CPU pages N0=127 none=1  a thread's block is unmapped
 *   ground pages N0=2 …             another block is unmapped
 *
 * CPU is where the thread runs, HEX the CPUs that it may run on, `none` counts
 * pages that are nowhere, such as a guard. Room for 64 CPUs and nodes, which
 * is more than the emulated machines have. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "topology/numa/real.h"

enum { MEMBERS = 64, NODES = 64, BATCH = 512 };

/* Stacks of threads whose block is still mapped. */
static pthread_mutex_t members_mutex = PTHREAD_MUTEX_INITIALIZER;
static struct member {
  const char *stack;
  unsigned cpu;
} members[MEMBERS];

struct newborn {
  void *(*start)(void *);
  void *argument;
};

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...) {
  char line[512];
  const char *path = getenv("KSPIN_WITNESS");
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  int file = path ? open(path, O_WRONLY | O_APPEND | O_CREAT, 0666) : -1;
  if (file < 0 || write(file, line, (size_t)length) != length)
    abort();
  close(file);
}

/* The library's answers may be somebody else's: ask the kernel. */
static unsigned cpu_here(void) {
  unsigned cpu = 0;
  if (syscall(SYS_getcpu, &cpu, NULL, NULL))
    abort();
  return cpu;
}

static uint64_t mask_here(void) {
  uint64_t mask[1024 / 64] = {0};
  if (syscall(SYS_sched_getaffinity, 0, sizeof mask, mask) < 0)
    abort();
  return mask[0];
}

static size_t page_bytes(void) {
  return (size_t)sysconf(_SC_PAGESIZE);
}

/* @param nodes  receives a node, or a negative error, for each page */
static void ask_nodes(char *first, size_t pages, int *nodes) {
  void *addresses[BATCH];
  for (size_t i = 0; i < pages; i++)
    addresses[i] = first + i * page_bytes();
  if (syscall(SYS_move_pages, 0, pages, addresses, NULL, nodes, 0) < 0)
    abort();
}

static int node_of(void *address) {
  int node;
  ask_nodes((char *)((uintptr_t)address / page_bytes() * page_bytes()), 1,
            &node);
  return node;
}

static void remember(const void *stack) {
  pthread_mutex_lock(&members_mutex);
  for (size_t i = 0; i < MEMBERS; i++)
    if (!members[i].stack) {
      members[i] = (struct member){stack, cpu_here()};
      break;
    }
  pthread_mutex_unlock(&members_mutex);
}

/* Forgets the thread whose stack lies in a block. @return its CPU, or -1 */
static int forget(const char *block, size_t bytes) {
  int cpu = -1;
  pthread_mutex_lock(&members_mutex);
  for (size_t i = 0; i < MEMBERS; i++) {
    const char *stack = members[i].stack;
    if (stack && stack >= block && stack < block + bytes) {
      cpu = (int)members[i].cpu;
      members[i].stack = NULL;
    }
  }
  pthread_mutex_unlock(&members_mutex);
  return cpu;
}

static void *live(void *argument) {
  struct newborn newborn = *(struct newborn *)argument;
  free(argument);
  remember(&newborn);
  say("enter %u mask %llx stack %d\n", cpu_here(),
      (unsigned long long)mask_here(), node_of(&newborn));
  void *result = newborn.start(newborn.argument);
  say("leave %u mask %llx\n", cpu_here(), (unsigned long long)mask_here());
  return result;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*start)(void *), void *argument) {
  struct newborn *newborn = malloc(sizeof *newborn);
  if (!newborn)
    return EAGAIN;
  *newborn = (struct newborn){start, argument};
  return REAL(pthread_create)(thread, attributes, live, newborn);
}

int sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set) {
  int result = REAL(sched_setaffinity)(pid, size, set);
  say("moved %u mask %llx\n", cpu_here(), (unsigned long long)mask_here());
  return result;
}

/* @param counts  of a node each; then of pages that lie on no node */
static void count_pages(char *block, size_t pages, size_t counts[NODES + 1]) {
  int nodes[BATCH];
  for (size_t done = 0, batch; done < pages; done += batch) {
    batch = pages - done < BATCH ? pages - done : (size_t)BATCH;
    ask_nodes(block + done * page_bytes(), batch, nodes);
    for (size_t i = 0; i < batch; i++)
      counts[nodes[i] >= 0 && nodes[i] < NODES ? nodes[i] : NODES]++;
  }
}

int munmap(void *block, size_t bytes) {
  char text[256] = "";
  size_t counts[NODES + 1] = {0}, used = 0;
  count_pages(block, bytes / page_bytes(), counts);
  for (size_t node = 0; node < NODES && used < sizeof text; node++)
    if (counts[node])
      used += (size_t)snprintf(text + used, sizeof text - used, " N%zu=%zu",
                               node, counts[node]);
  if (counts[NODES] && used < sizeof text)
    snprintf(text + used, sizeof text - used, " none=%zu", counts[NODES]);
  int cpu = forget(block, bytes);
  if (cpu < 0)
    say("ground pages%s\n", text);
  else
    say("member %d pages%s\n", cpu, text);
  return REAL(munmap)(block, bytes);
}
