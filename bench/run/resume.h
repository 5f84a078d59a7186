/* Going on with a run that was interrupted or killed.
 *
 * What it needs of the earlier part is in run.json (options, what the plan
 * stood on, the machine) and trials.jsonl (which cells of which rounds are
 * done). A plan that comes out different, or another machine, is refused; a
 * machine that changed meanwhile is told about and noted in run.json. */
#ifndef BENCH_RESUME_H
#define BENCH_RESUME_H

#include <jansson.h>

#include "bench/options.h"
#include "bench/run/campaign.h"
#include "results/run.h"

struct bench_resume {
  struct results_run *earlier;  /* NULL: this run begins afresh */
  struct bench_options options; /* of the earlier part; its texts */
  double transfer_ns;           /* what the earlier plan stood on */
  bool stamps;
};

/* Reads the earlier part of a run.
 * @param why  one line on error
 * @return 0; errors of results_run_read(); -EINVAL when it is no run that can
 *         go on */
int bench_resume_open(const char *folder, struct bench_resume *out, char *why,
                      size_t why_size);

void bench_resume_close(struct bench_resume *);

/* Makes a fresh clock the one that the earlier part had: tries it again when
 * it failed where that passed (the self-test of a busy machine may), and
 * distrusts it when that did. */
void bench_resume_clock(const struct bench_resume *, struct bench_clock *);

/* Compares plan and machine with those of the earlier part, prints a line on
 * stderr for what changed about the machine, and makes the campaign go on
 * where the trials end.
 * @param name  leads the lines
 * @param why   one line on error
 * @return 0; -EINVAL when plan or machine differ, or a stored trial is of no
 *         cell of the plan or twice there; -ENOMEM */
int bench_resume_take_up(const struct bench_resume *, struct bench_campaign *,
                         const char *started_utc, const char *name, char *why,
                         size_t why_size);

/* Turns a new record into one of the whole run: its start and environment are
 * the earlier ones, and `resumed` has one more entry with what changed. */
void bench_resume_record(const struct bench_resume *, json_t *record);

#endif
