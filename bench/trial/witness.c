/* Involuntary switches, run-queue waits and migrations (see witness.h). */
#include "bench/trial/witness.h"

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench/trial/rseq.h"

/* Nanoseconds spent runnable but not running: the second number of
 * /proc/thread-self/schedstat; 0 where the kernel does not keep it. */
static int64_t queued_ns(void) {
  char text[96];
  int file = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0)
    return 0;
  text[length] = '\0';
  const char *second = strchr(text, ' ');
  return second ? strtoll(second, NULL, 10) : 0;
}

static struct bench_witness now(void) {
  struct rusage usage;
  struct bench_witness seen = {0};
  if (!getrusage(RUSAGE_THREAD, &usage)) {
    seen.switches_involuntary = usage.ru_nivcsw;
    seen.switches_voluntary = usage.ru_nvcsw;
  }
  seen.queued_ns = queued_ns();
  return seen;
}

void bench_witness_open(struct bench_witness *witness, unsigned cpu_os) {
  *witness = now();
  witness->cpu = cpu_os;
  witness->looked_involuntary = witness->switches_involuntary;
  witness->looked_voluntary = witness->switches_voluntary;
  if (bench_rseq_usable())
    bench_rseq_arm();
}

static bool is_elsewhere(struct bench_witness *witness) {
  bool elsewhere = sched_getcpu() != (int)witness->cpu;
  witness->migrations += elsewhere;
  return elsewhere;
}

/* What was asked for is told from what was not by counts. */
static bool was_robbed(struct bench_witness *witness, bool flagged) {
  struct rusage usage;
  if (getrusage(RUSAGE_THREAD, &usage))
    return flagged;
  bool forced = usage.ru_nivcsw != witness->looked_involuntary;
  bool asked = usage.ru_nvcsw != witness->looked_voluntary;
  witness->looked_involuntary = usage.ru_nivcsw;
  witness->looked_voluntary = usage.ru_nvcsw;
  return forced || (flagged && !asked);
}

/* The flag falls for every switch and for signals; what is beyond it costs
 * calls, and only when it fell. */
enum bench_cause bench_witness_look(struct bench_witness *witness) {
  const bool flagged = bench_rseq_usable();
  if (flagged && !bench_rseq_rearm())
    return BENCH_CLEAN;
  const bool robbed = was_robbed(witness, flagged);
  witness->parked += robbed;
  if (is_elsewhere(witness))
    return BENCH_MIGRATED;
  return robbed ? BENCH_PREEMPTED : BENCH_CLEAN;
}

void bench_witness_close(struct bench_witness *witness) {
  /* before a call can park us */
  const bool seen = bench_witness_look(witness) == BENCH_MIGRATED;
  if (bench_rseq_usable())
    bench_rseq_point(NULL);
  struct bench_witness end = now();
  witness->switches_involuntary =
      end.switches_involuntary - witness->switches_involuntary;
  witness->switches_voluntary =
      end.switches_voluntary - witness->switches_voluntary;
  witness->queued_ns = end.queued_ns - witness->queued_ns;
  if (!seen)
    (void)is_elsewhere(witness);
}

void bench_witness_add(struct bench_witness *total,
                       const struct bench_witness *one) {
  total->switches_involuntary += one->switches_involuntary;
  total->switches_voluntary += one->switches_voluntary;
  total->queued_ns += one->queued_ns;
  total->migrations += one->migrations;
  total->parked += one->parked;
}
