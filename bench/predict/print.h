/* Predictions as people, programs and plots read them. */
#ifndef BENCH_PREDICT_PRINT_H
#define BENCH_PREDICT_PRINT_H

#include <stdio.h>

#include "bench/predict/predict.h"

/* Prints what was predicted beside what was measured, and for each lock the
 * mean error, or why there is none. */
void bench_prediction_print(FILE *, const struct bench_prediction *);

/* Prints the figures of a machine that nobody measured; each page and each
 * line says so.
 * @param machine  in words */
void bench_prediction_print_elsewhere(FILE *, const struct bench_prediction *,
                                      const char *machine);

/* @param machine  NULL: the run's own
 * @return NULL without memory */
json_t *bench_prediction_json(const struct bench_prediction *,
                              const char *machine);

/* The first line of prediction.csv, without newline. */
extern const char bench_prediction_header[];

/* Writes FOLDER/prediction.csv, whole or not at all.
 * @return 0 or a negative errno */
int bench_prediction_write_csv(const char *folder,
                               const struct bench_prediction *);

/* Predicts what a run has measured, and writes it. A run whose record does not
 * say where its CPUs are gets no file. */
int bench_prediction_make_csv(const char *folder,
                              const struct results_summary *,
                              const json_t *record);

#endif
