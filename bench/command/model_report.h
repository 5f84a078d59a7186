/* What `kspin model` prints, as text or as one JSON object. */
#ifndef BENCH_COMMAND_MODEL_REPORT_H
#define BENCH_COMMAND_MODEL_REPORT_H

#include <stdbool.h>

#include "locks/model/client.h"
#include "locks/model/mutate.h"
#include "locks/model/seed.h"

struct bench_model_report;

/* @param list  the JSON key of what will be added: "runs", "mutants", "seeds"
 * @return null when there is no memory */
struct bench_model_report *bench_model_report_open(const char *list, bool json);

/* Ends the output and frees it. @return 0, or -EIO when it was not written */
int bench_model_report_close(struct bench_model_report *);

/* Each prints one line, or adds to the object. */
void bench_model_report_run(struct bench_model_report *,
                            const struct model_lock *,
                            const struct model_config *,
                            const struct model_result *);
void bench_model_report_mutant(struct bench_model_report *,
                               const struct model_lock *,
                               const struct model_mutant *);
void bench_model_report_seed(struct bench_model_report *,
                             const struct model_seed *,
                             const struct model_result *);

#endif
