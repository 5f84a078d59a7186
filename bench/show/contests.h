/* Comparisons as people and programs read them. */
#ifndef BENCH_CONTESTS_H
#define BENCH_CONTESTS_H

#include <jansson.h>
#include <stdio.h>

#include "results/contest.h"

/* Prints a line for each contest, with what tells it from others that were
 * measured under other conditions, and a count of the answers. */
void bench_contests_print(FILE *, const struct results_contests *);

/* @return {"comparisons": [...]}; NULL when memory is short */
json_t *bench_contests_json(const struct results_contests *);

/* Prints the share of answers that call a difference where there is none,
 * with its interval, and whether it is within the 5 % that may be.
 * @return 0 or -ENOMEM */
int bench_contests_print_self(FILE *, const struct results_contests *);

/* @return true when some second side is slower */
bool bench_contests_slower(const struct results_contests *);

/* Reads "FAMILY/LOCK".
 * @param room  keeps the texts
 * @return false when it is anything else */
bool bench_contestant(const char *text, char *room, size_t size,
                      struct results_contestant *out);

#endif
