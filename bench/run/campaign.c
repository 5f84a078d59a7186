/* Rounds, order, budget and interruption (see campaign.h). */
#include "bench/run/campaign.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/run/progress.h"
#include "results/random.h"

/* A trial takes milliseconds; one that takes this long will never end. */
enum { STUCK_S = 60 };

static volatile sig_atomic_t stop_requested;

static void request_stop(int signal_number) {
  (void)signal_number;
  stop_requested = 1;
}

/* The lock under test has lost a wake-up: what was stored stays readable. */
static void report_stuck(int signal_number) {
  static const char message[] =
      "\nkspin bench: a trial made no progress for 60 s; finished trials are "
      "kept\n";
  (void)signal_number;
  if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
    _exit(2);
  _exit(1);
}

struct handlers {
  struct sigaction interrupt, terminate, alarm;
};

/* The first signal asks, a second one kills. */
static void install(struct handlers *before) {
  struct sigaction ask = {.sa_handler = request_stop,
                          .sa_flags = (int)(SA_RESETHAND | SA_RESTART)};
  struct sigaction stuck = {.sa_handler = report_stuck};
  stop_requested = 0;
  sigaction(SIGINT, &ask, &before->interrupt);
  sigaction(SIGTERM, &ask, &before->terminate);
  sigaction(SIGALRM, &stuck, &before->alarm);
}

static void restore(const struct handlers *before) {
  alarm(0);
  sigaction(SIGINT, &before->interrupt, NULL);
  sigaction(SIGTERM, &before->terminate, NULL);
  sigaction(SIGALRM, &before->alarm, NULL);
}

static void shuffle(size_t *order, size_t count,
                    struct results_random *random) {
  for (size_t i = 0; i < count; i++) {
    size_t j = results_random_below(random, i + 1);
    order[i] = order[j];
    order[j] = i;
  }
}

static double seconds(const struct bench_campaign *campaign) {
  return (bench_clock_batch_ns(campaign->setting.clock) -
          campaign->setting.started_ns) /
         1e9;
}

static bool by_precision(const struct bench_campaign *campaign) {
  return campaign->effort.precision > 0;
}

static void show(const struct bench_campaign *campaign, unsigned rounds,
                 const struct bench_cell *cell) {
  char what[BENCH_CELL_NAME_SIZE];
  bench_cell_name(cell, what, sizeof what);
  size_t total =
      (rounds ? rounds : campaign->effort.most) * campaign->plan->cell_count;
  double spent = seconds(campaign);
  double left = campaign->trials < campaign->plan->cell_count / 4
                    ? -1
                    : spent / (double)campaign->trials *
                          (double)(total - campaign->trials);
  if (by_precision(campaign)) { /* nobody knows how many it will take */
    total = campaign->trials;
    left = campaign->effort.budget_s - spent;
  }
  bench_progress(campaign->trials, total, left, what);
}

static int run_cell(struct bench_campaign *campaign, unsigned round,
                    size_t index, unsigned rounds, char *why, size_t why_size) {
  static struct bench_attempt attempt; /* large: a histogram */
  const struct bench_cell *cell = &campaign->plan->cells[index];
  attempt.setting = &campaign->setting;
  attempt.cell = cell;
  attempt.round = round;
  attempt.sequence = campaign->trials;
  alarm(STUCK_S);
  int error =
      bench_trial_attempt(&attempt, rounds ? rounds : campaign->effort.most);
  alarm(0);
  if (error) {
    snprintf(why, why_size, "%s: %s", attempt.name, attempt.why);
    return error;
  }
  bool spectrum = cell->workload->sets & BENCH_ALL_TEAMS;
  error = results_store_append(campaign->store, &attempt.result,
                               spectrum ? &attempt.acquire_ns : NULL);
  if (error) {
    snprintf(why, why_size, "%s/trials.jsonl: %s",
             results_store_folder(campaign->store), strerror(-error));
    return error;
  }
  campaign->trials++;
  if (campaign->precision.cells &&
      bench_precision_note(&campaign->precision, index, cell->workload,
                           &attempt.result)) {
    snprintf(why, why_size, "out of memory");
    return -ENOMEM;
  }
  campaign->violations += attempt.result.exclusion_violations;
  if (attempt.result.exclusion_violations && !campaign->violator)
    campaign->violator = cell->kernel->lock;
  return 0;
}

/* A cell that is known well enough rests, unless others are its partners. */
static bool rests(const struct bench_campaign *campaign, size_t index) {
  return by_precision(campaign) && !campaign->effort.together &&
         campaign->precision.cells[index].narrow;
}

static int run_round(struct bench_campaign *campaign, unsigned round,
                     unsigned rounds, const size_t *order, char *why,
                     size_t why_size) {
  for (size_t i = 0; i < campaign->plan->cell_count; i++) {
    if (bench_done_has(&campaign->done, order[i], round) ||
        rests(campaign, order[i]))
      continue;
    if (stop_requested) {
      campaign->interrupted = true;
      return 0;
    }
    show(campaign, rounds, &campaign->plan->cells[order[i]]);
    int error = run_cell(campaign, round, order[i], rounds, why, why_size);
    if (error)
      return error;
  }
  return 0;
}

/* Is another round wanted? What an earlier part had begun is gone through. */
static bool goes_on(const struct bench_campaign *campaign, unsigned round,
                    unsigned rounds) {
  const struct bench_effort *effort = &campaign->effort;
  if (rounds && round >= rounds)
    return false;
  if (round < effort->least)
    return true;
  if (!by_precision(campaign))
    return !effort->clean ||
           2 * bench_precision_cells_of(&campaign->precision, effort->clean) <
               campaign->plan->cell_count;
  return campaign->precision.narrow < campaign->precision.count &&
         seconds(campaign) < campaign->effort.budget_s;
}

static int run_rounds(struct bench_campaign *campaign, size_t *order, char *why,
                      size_t why_size) {
  struct results_random random = results_random_seed(campaign->setting.seed);
  unsigned rounds = campaign->rounds;
  int error = 0;
  for (unsigned round = 0; goes_on(campaign, round, rounds); round++) {
    shuffle(order, campaign->plan->cell_count, &random);
    error = run_round(campaign, round, rounds, order, why, why_size);
    if (error || campaign->interrupted)
      return error;
    campaign->finished = round + 1;
    if (!campaign->first_round_s)
      campaign->first_round_s = seconds(campaign);
    if (by_precision(campaign))
      error = bench_precision_judge(&campaign->precision, round + 1);
    else if (!rounds)
      rounds = bench_effort_rounds(&campaign->effort, campaign->first_round_s);
    if (error) {
      snprintf(why, why_size, "out of memory");
      return error;
    }
  }
  return 0;
}

int bench_campaign_run(struct bench_campaign *campaign, char *why,
                       size_t why_size) {
  struct handlers before;
  size_t *order = malloc(campaign->plan->cell_count * sizeof *order);
  if (!order) {
    snprintf(why, why_size, "out of memory");
    return -ENOMEM;
  }
  install(&before);
  int error = run_rounds(campaign, order, why, why_size);
  restore(&before);
  bench_progress_end();
  free(order);
  return error;
}
