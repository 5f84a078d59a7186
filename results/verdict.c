/* The closed list of answers to "may these figures be believed?". */
#include "results/trial.h"

#include <string.h>

const struct results_verdict results_verdicts[] = {
    {"clean", "nothing was seen to come between", "nothing to do", true},
    {"violated", "two threads were in the critical section at once",
     "the lock or its memory orders are wrong: its figures mean nothing",
     false},
    {"migrated", "a thread ran on a CPU that was not its own",
     "leave the CPUs to kspin: no cpuset or affinity changes while it runs",
     true},
    {"preempted", "the kernel took the CPU from a measuring thread",
     "stop other work on these CPUs, or choose idle ones with --place list:",
     true},
    {"moved", "the line transfer before, in and after the trial differs",
     "the host moved the CPUs: pin the guest's, or measure more rounds", true},
    {"frequency",
     "the CPU ran at another frequency after the trial than before",
     "fix the frequency: governor performance, boost off, no throttling; see "
     "kspin doctor",
     true},
    {"stalled", "a thread came to a stand for a slice of the window",
     "stop other work on these CPUs; on a guest ask for dedicated ones", true},
    {"gap", "the clock jumped: an interrupt, firmware or the host took time",
     "route interrupts elsewhere, isolate the CPUs, or measure on bare metal",
     true},
    {"overlap", "the threads did not run together for all of the window",
     "use fewer threads than idle CPUs, or a longer window", true},
    {"self", "the lock went back to the thread that had released it",
     "use a critical section longer than one line transfer: --cs-ns", true},
    {0},
};

const struct results_verdict *results_verdict_find(const char *name) {
  const struct results_verdict *verdict = results_verdicts;
  while (verdict->name && strcmp(verdict->name, name) != 0)
    verdict++;
  return verdict->name ? verdict : NULL;
}

bool results_trial_is_clean(const struct results_trial *trial) {
  return strcmp(trial->verdict, results_verdicts[0].name) == 0;
}
