/* The last words of a run (see conclusion.h). */
#include "bench/run/conclusion.h"

#include <signal.h>
#include <stdio.h>

#include "bench/command/command.h"
#include "bench/command/plot.h"

static void say_how_much(const struct bench_campaign *campaign,
                         bool exploratory) {
  if (campaign->precision.wanted > 0)
    bench_precision_print(stdout, &campaign->precision, campaign->plan);
  printf("\n%s%zu trials in %u round%s of %zu cells: %s\n",
         exploratory ? "exploratory: " : "", campaign->trials,
         campaign->finished, campaign->finished == 1 ? "" : "s",
         campaign->plan->cell_count, results_store_folder(campaign->store));
  fflush(stdout);
}

int bench_conclude(const char *name, const struct bench_campaign *campaign,
                   bool exploratory) {
  const char *folder = results_store_folder(campaign->store);
  say_how_much(campaign, exploratory);
  if (campaign->violations) {
    fprintf(stderr,
            "%s: %s: mutual exclusion was violated (%lld acquisitions lost): "
            "this lock is broken\n",
            name, campaign->violator, (long long)campaign->violations);
    return BENCH_EXIT_FAILED;
  }
  if (!campaign->interrupted)
    return bench_plot_run(folder, stderr);
  fprintf(stderr,
          "%s: interrupted; `kspin plot %s` draws what there is, `kspin bench "
          "--resume %s` goes on\n",
          name, folder, folder);
  return 128 + SIGINT;
}
