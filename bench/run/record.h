/* run.json: what a run was, for whoever reads its figures later. */
#ifndef BENCH_RECORD_H
#define BENCH_RECORD_H

#include <jansson.h>

#include "bench/options.h"
#include "bench/run/campaign.h"

/* @return what is known of a clock, as a new object; NULL without memory */
json_t *bench_record_clock(const struct bench_clock *);

/* Describes a run.
 * @param campaign  as far as it has come; its `setting` and `plan` are set
 * @param state     "running", "complete" or "interrupted"
 * @return a new object; NULL when memory is short */
json_t *bench_record(const struct bench_options *,
                     const struct bench_campaign *campaign,
                     const char *started_utc, const char *state);

#endif
