/* Finding partners among the cells, and the list of their contests. */
#include "results/contest.h"
#include "results/link.h"
#include "results/pair.h"
#include "results/ranks.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_compared(const struct results_field *field) {
  return field->group == RESULTS_METRIC && strcmp(field->unit, "ns") == 0 &&
         strcmp(field->name, "cs_measured_ns") != 0;
}

static int append(struct results_contests *contests,
                  const struct results_contest *contest) {
  struct results_contest *list =
      reallocarray(contests->list, contests->count + 1, sizeof *list);
  if (!list)
    return -ENOMEM;
  contests->list = list;
  list[contests->count++] = *contest;
  return 0;
}

/* What is compared: whose trials and how. */
struct match {
  const struct results_trial *first_trials, *second_trials;
  const struct results_contestant *names; /* two, or NULL: equal cells */
  const struct results_compare_options *options;
  enum results_design design;
};

/* The wider band of the two cells, where it is wider than the threshold. */
static int find_band(const struct match *match,
                     const struct results_field *field,
                     struct results_scratch *s, double *out) {
  double first, second;
  *out = 0;
  if (match->design == RESULTS_BY_TURNS) /* that is how a band is found */
    return 0;
  int error = results_side_band(&s->a, field, match->options, s, &first);
  if (!error)
    error = results_side_band(&s->b, field, match->options, s, &second);
  if (!error && fmax(first, second) > match->options->threshold)
    *out = fmax(first, second);
  return error;
}

static int compare_metric(const struct match *match,
                          const struct results_trials_of_cell *a,
                          const struct results_trials_of_cell *b,
                          const struct results_field *field,
                          struct results_scratch *s,
                          struct results_contests *out) {
  struct results_contest contest = {
      .first = a->cell, .second = b->cell, .metric = field->name};
  results_side_fill(match->first_trials, a, field, &s->a);
  results_side_fill(match->second_trials, b, field, &s->b);
  if (!s->a.carrying || !s->b.carrying)
    return 0;
  struct results_compare_options options = *match->options;
  int error = find_band(match, field, s, &contest.band);
  options.band = contest.band;
  if (!error)
    error = results_sides_compare(match->design, field, &options, s, &contest);
  if (error)
    return error;
  const size_t hands = match->design == RESULTS_BY_TURNS ? 2 : 1;
  contest.first_aside = s->a.carrying - hands * contest.comparison.first;
  contest.second_aside = s->b.carrying - hands * contest.comparison.second;
  return append(out, &contest);
}

static bool is_of(const struct results_cell *cell,
                  const struct results_contestant *name) {
  return strcmp(cell->family, name->family) == 0 &&
         strcmp(cell->lock, name->lock) == 0;
}

/* Says whether two cells may be compared. */
static bool are_partners(const struct match *match,
                         const struct results_cell *a,
                         const struct results_cell *b) {
  struct results_cell same = *b;
  if (!match->names)
    return results_cell_equal(a, b);
  if (!is_of(a, &match->names[0]) || !is_of(b, &match->names[1]))
    return false;
  same.family = a->family;
  same.lock = a->lock;
  if (strcmp(a->routines, "native") == 0 || strcmp(b->routines, "native") == 0)
    same.routines = a->routines;
  return results_cell_equal(a, &same);
}

static int compare_cells(const struct match *match,
                         const struct results_trials_of_cell *a,
                         const struct results_trials_of_cell *b,
                         struct results_scratch *s,
                         struct results_contests *out) {
  int error = 0;
  for (const struct results_field *field = results_trial_fields;
       field->name && !error; field++)
    if (is_compared(field))
      error = compare_metric(match, a, b, field, s, out);
  return error;
}

static int compare_partners(const struct match *match,
                            const struct results_cells *first,
                            const struct results_cells *second,
                            struct results_scratch *s,
                            struct results_contests *out) {
  int error = 0;
  for (size_t i = 0; i < first->count; i++)
    for (size_t k = 0; k < second->count && !error; k++)
      if (are_partners(match, &first->groups[i].cell, &second->groups[k].cell))
        error =
            compare_cells(match, &first->groups[i], &second->groups[k], s, out);
  return error;
}

/* Adjusts the p values of a list for its length. */
static int adjust(struct results_contests *contests) {
  double *p = calloc(contests->count + 1, sizeof *p);
  if (!p)
    return -ENOMEM;
  for (size_t i = 0; i < contests->count; i++)
    p[i] = contests->list[i].comparison.p;
  const int error = results_holm(p, contests->count);
  for (size_t i = 0; i < contests->count && !error; i++)
    contests->list[i].p_adjusted = p[i];
  free(p);
  return error;
}

/* Compares with room for `room` trials on each side. */
static int compare_with_room(const struct match *match,
                             const struct results_cells *first,
                             const struct results_cells *second, size_t room,
                             struct results_contests *out) {
  const struct results_trial **usable = calloc(2 * room, sizeof *usable);
  double *figures = calloc(2 * room, sizeof *figures);
  int error = -ENOMEM;
  if (usable && figures) {
    struct results_scratch s = {.a.usable = usable,
                                .b.usable = usable + room,
                                .first = figures,
                                .second = figures + room};
    error = compare_partners(match, first, second, &s, out);
  }
  free(usable);
  free(figures);
  return error ? error : adjust(out);
}

static int compare_all(const struct match *match, size_t first_count,
                       size_t second_count, struct results_contests *out) {
  struct results_cells first, second = {0};
  struct results_contests contests = {0};
  int error = results_cells_group(match->first_trials, first_count, &first);
  if (error)
    return error;
  error = results_cells_group(match->second_trials, second_count, &second);
  if (!error)
    error = compare_with_room(match, &first, &second,
                              first_count + second_count + 1, &contests);
  results_cells_free(&first);
  results_cells_free(&second);
  if (error)
    results_contests_free(&contests);
  else
    *out = contests;
  return error;
}

int results_contest_locks(const struct results_trial *trials, size_t count,
                          const struct results_contestant *first,
                          const struct results_contestant *second,
                          const struct results_compare_options *options,
                          struct results_contests *out) {
  const struct results_contestant names[] = {*first, *second};
  return compare_all(
      &(struct match){trials, trials, names, options, RESULTS_BY_ROUND}, count,
      count, out);
}

/* Both runs' trials in one array, classed together. */
static struct results_trial *class_together(const struct results_trial *first,
                                            size_t first_count,
                                            const struct results_trial *second,
                                            size_t second_count,
                                            struct results_arena *links) {
  const size_t count = first_count + second_count;
  struct results_trial *all = calloc(count + 1, sizeof *all);
  if (!all)
    return NULL;
  for (size_t i = 0; i < count; i++)
    all[i] = i < first_count ? first[i] : second[i - first_count];
  if (!results_links_name(all, count, links))
    return all;
  free(all);
  return NULL;
}

int results_contest_runs(const struct results_trial *first, size_t first_count,
                         const struct results_trial *second,
                         size_t second_count,
                         const struct results_compare_options *options,
                         struct results_contests *out) {
  struct results_arena *links = results_arena_new();
  struct results_trial *all =
      links ? class_together(first, first_count, second, second_count, links)
            : NULL;
  int error = -ENOMEM;
  if (all)
    error = compare_all(&(struct match){all, all + first_count, NULL, options,
                                        RESULTS_UNPAIRED},
                        first_count, second_count, out);
  free(all);
  if (error)
    results_arena_free(links);
  else
    out->links = links;
  return error;
}

int results_contest_self(const struct results_trial *trials, size_t count,
                         const struct results_compare_options *options,
                         struct results_contests *out) {
  return compare_all(
      &(struct match){trials, trials, NULL, options, RESULTS_BY_TURNS}, count,
      count, out);
}

void results_contests_free(struct results_contests *contests) {
  free(contests->list);
  results_arena_free(contests->links);
  *contests = (struct results_contests){0};
}

const char *results_other_machine(const json_t *first, const json_t *second) {
  static const char *const keys[] = {
      "hostname", "architecture", "cpu_model",   "cpu_vendor", "cpu_family",
      "cpu_part", "cpu_stepping", "cpus_online", "smt",        "guest",
  };
  const json_t *a = json_object_get(first, "environment");
  const json_t *b = json_object_get(second, "environment");
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (!json_equal(json_object_get(a, keys[i]), json_object_get(b, keys[i])))
      return keys[i];
  return NULL;
}
