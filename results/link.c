/* Classes of line transfer (see link.h). */
#include "results/link.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a trial is classed by: a trial during which the link moved belongs to
 * where it began, and must not make a class of its own half-way. */
static double probe_of(const struct results_trial *trial) {
  const bool moved = strcmp(trial->verdict, "moved") == 0;
  return moved && !isnan(trial->probe_before_ns) ? trial->probe_before_ns
                                                 : trial->probe_ns;
}

/* Trials of one set of CPUs stand together, by probe. */
static int by_probe(const void *left, const void *right) {
  const struct results_trial *a = *(struct results_trial *const *)left;
  const struct results_trial *b = *(struct results_trial *const *)right;
  const int order = strcmp(a->cpus, b->cpus);
  if (order)
    return order;
  return (probe_of(a) > probe_of(b)) - (probe_of(a) < probe_of(b));
}

static bool same_class(const struct results_trial *a,
                       const struct results_trial *b) {
  return strcmp(a->cpus, b->cpus) == 0 &&
         probe_of(b) <= RESULTS_LINK_STEP * probe_of(a);
}

static int name_class(struct results_trial *const *first, size_t count,
                      struct results_arena *arena) {
  char text[32];
  snprintf(text, sizeof text, "%.0fns", probe_of(first[count / 2]));
  const char *name = results_arena_text(arena, text);
  for (size_t i = 0; name && i < count; i++)
    first[i]->link = name;
  return name ? 0 : -ENOMEM;
}

/* Of one set of CPUs, the class that most trials met; the nearest of equals. */
struct leader {
  size_t first, count;
};

static void crown(struct results_trial *const *probed,
                  const struct leader *leader) {
  for (size_t i = 0; i < leader->count; i++)
    probed[leader->first + i]->link_main = 1;
}

/* @param probed  n trials, sorted by_probe() */
static int name_classes(struct results_trial *const *probed, size_t n,
                        struct results_arena *arena) {
  struct leader leader = {0, 0};
  size_t first = 0;
  int error = 0;
  for (size_t i = 1; !error && i <= n; i++) {
    if (i < n && same_class(probed[i - 1], probed[i]))
      continue;
    error = name_class(probed + first, i - first, arena);
    if (i - first > leader.count)
      leader = (struct leader){first, i - first};
    if (i == n || strcmp(probed[i - 1]->cpus, probed[i]->cpus) != 0) {
      crown(probed, &leader);
      leader.count = 0;
    }
    first = i;
  }
  return error;
}

int results_links_name(struct results_trial *trials, size_t count,
                       struct results_arena *arena) {
  struct results_trial **probed = calloc(count + 1, sizeof(void *));
  size_t n = 0;
  if (!probed)
    return -ENOMEM;
  for (size_t i = 0; i < count; i++) {
    trials[i].link = "";
    trials[i].link_main = isnan(trials[i].probe_ns);
    if (!isnan(trials[i].probe_ns))
      probed[n++] = &trials[i];
  }
  qsort(probed, n, sizeof *probed, by_probe);
  int error = name_classes(probed, n, arena);
  free(probed);
  return error;
}
