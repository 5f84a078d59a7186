/* Comparisons as people and programs read them (see contests.h). */
#include "bench/show/contests.h"

#include <math.h>
#include <string.h>

#include "results/self.h"

static json_t *real_or_null(double value) {
  return isnan(value) ? json_null() : json_real(value);
}

/* "mcs/ticket" of one family pair, or the one lock of two runs. */
static void print_names(FILE *file, const struct results_contest *contest) {
  const struct results_cell *a = &contest->first, *b = &contest->second;
  char text[96];
  if (!strcmp(a->lock, b->lock) && !strcmp(a->family, b->family))
    snprintf(text, sizeof text, "%s/%s %s", a->family, a->lock, a->routines);
  else
    snprintf(text, sizeof text, "%s/%s against %s/%s %s", b->family, b->lock,
             a->family, a->lock, b->routines);
  fprintf(file, "%-44s", text);
}

/* What has to be said of a list's cells so that no two rows look alike. */
struct conditions {
  bool cpus, home, cs, variant;
};

static struct conditions
conditions_of(const struct results_contests *contests) {
  struct conditions said = {0};
  for (size_t i = 0; i < contests->count; i++)
    for (size_t k = 0; k <= i; k++) {
      const struct results_cell *a = &contests->list[i].second;
      const struct results_cell *b = &contests->list[k].second;
      if (strcmp(a->workload, b->workload) != 0)
        continue;
      said.variant |= *a->variant != '\0';
      said.cs |= a->cs_ns != b->cs_ns;
      said.home |= strcmp(a->home, b->home) != 0;
      said.cpus |= a->threads == b->threads && !strcmp(a->level, b->level) &&
                   strcmp(a->cpus, b->cpus) != 0;
    }
  return said;
}

static void print_conditions(FILE *file, const struct conditions *said,
                             const struct results_cell *cell) {
  if (said->cpus)
    fprintf(file, "  CPUs %s", cell->cpus);
  if (said->home)
    fprintf(file, "  home %s", cell->home);
  if (said->cs)
    fprintf(file, "  section %lld ns", (long long)cell->cs_ns);
  if (said->variant)
    fprintf(file, "  %s", *cell->variant ? cell->variant : "plain");
}

static void print_contest(FILE *file, const struct conditions *said,
                          const struct results_contest *contest) {
  const struct results_comparison *c = &contest->comparison;
  const struct results_cell *cell = &contest->second;
  print_names(file, contest);
  fprintf(file, " %-11s %-18s %3lld  %s", cell->workload, contest->metric,
          (long long)cell->threads, cell->level);
  fprintf(file, "%s%s", *cell->link ? " " : "", cell->link);
  print_conditions(file, said, cell);
  if (isnan(c->low))
    fputs("  no interval", file);
  else
    fprintf(file, "  %.3f [%.3f,%.3f]", c->ratio, c->low, c->high);
  fprintf(file, "  %s%s", results_answer_name(c->answer),
          c->indicative ? " (indicative)" : "");
  if (contest->band > 0)
    fprintf(file, " (A/A band %.1f %%)", 100 * contest->band);
  if (c->answer == RESULTS_UNDECIDED)
    fprintf(file, ", about %zu%s more trials", c->more,
            c->more >= RESULTS_COMPARE_MOST ? " or" : "");
  fprintf(file, "  n=%zu", c->first < c->second ? c->first : c->second);
  if (contest->first_aside + contest->second_aside)
    fprintf(file, " (aside %zu)", contest->first_aside + contest->second_aside);
  if (!isnan(c->delta))
    fprintf(file, "  delta %+.2f, p %.3g", c->delta, contest->p_adjusted);
  fputc('\n', file);
}

static void count(const struct results_contests *contests, size_t counts[4]) {
  memset(counts, 0, 4 * sizeof *counts);
  for (size_t i = 0; i < contests->count; i++)
    counts[contests->list[i].comparison.answer]++;
}

void bench_contests_print(FILE *file, const struct results_contests *contests) {
  const struct conditions said = conditions_of(contests);
  size_t counts[4];
  fprintf(file, "\nratio of the first named to the second, 95 %% interval; "
                "above 1 is slower\n");
  for (size_t i = 0; i < contests->count; i++)
    print_contest(file, &said, &contests->list[i]);
  count(contests, counts);
  fprintf(file,
          "%zu compared: %zu faster, %zu slower, %zu same, %zu "
          "undecided\n",
          contests->count, counts[RESULTS_FASTER], counts[RESULTS_SLOWER],
          counts[RESULTS_SAME], counts[RESULTS_UNDECIDED]);
}

static json_t *side_json(const struct results_cell *cell) {
  return json_pack("{s:s, s:s, s:s}", "family", cell->family, "lock",
                   cell->lock, "routines", cell->routines);
}

static json_t *contest_json(const struct results_contest *contest) {
  const struct results_comparison *c = &contest->comparison;
  const struct results_cell *cell = &contest->second;
  return json_pack(
      "{s:s, s:s, s:o, s:o, s:I, s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:b, s:o, "
      "s:o, s:o, s:o, s:o, s:o, s:i, s:i, s:i}",
      "workload", cell->workload, "metric", contest->metric, "first",
      side_json(&contest->first), "second", side_json(cell), "threads",
      (json_int_t)cell->threads, "cpus", cell->cpus, "level", cell->level,
      "home", cell->home, "cs_ns", (json_int_t)cell->cs_ns, "variant",
      cell->variant, "link", cell->link, "answer",
      results_answer_name(c->answer), "indicative", c->indicative, "ratio",
      real_or_null(c->ratio), "low", real_or_null(c->low), "high",
      real_or_null(c->high), "delta", real_or_null(c->delta), "p",
      real_or_null(contest->p_adjusted), "band",
      contest->band > 0 ? json_real(contest->band) : json_null(), "n",
      (int)(c->first < c->second ? c->first : c->second), "aside",
      (int)(contest->first_aside + contest->second_aside), "more",
      (int)c->more);
}

json_t *bench_contests_json(const struct results_contests *contests) {
  json_t *list = json_array();
  for (size_t i = 0; list && i < contests->count; i++)
    json_array_append_new(list, contest_json(&contests->list[i]));
  return json_pack("{s:o}", "comparisons", list);
}

/* What a nominal 5 % allows. */
static const double allowed_rate = 0.05;

int bench_contests_print_self(FILE *file,
                              const struct results_contests *contests) {
  const struct conditions said = conditions_of(contests);
  struct results_self_rate self;
  size_t counts[4];
  int error = results_self_rate(contests, &self);
  if (error)
    return error;
  if (!self.compared) {
    fputs("\nA/A: too few clean trials to compare any cell with itself\n",
          file);
    return 0;
  }
  count(contests, counts);
  fprintf(file,
          "\nA/A: %zu of %zu metrics of %zu cells differ from themselves: "
          "%.1f %% false differences [%.1f,%.1f] at n = %zu (%zu same, %zu "
          "undecided)\n",
          self.differing, self.compared, self.cells, 100 * self.rate,
          100 * self.low, 100 * self.high, self.pairs, counts[RESULTS_SAME],
          counts[RESULTS_UNDECIDED]);
  fprintf(file, "A/A: %s\n",
          self.rate <= allowed_rate
              ? "no more than the 5 % that chance may make"
              : "more than the 5 % that chance may make: believe no difference "
                "that this machine shows now, and see kspin doctor");
  for (size_t i = 0; i < contests->count; i++)
    if (contests->list[i].comparison.answer == RESULTS_FASTER ||
        contests->list[i].comparison.answer == RESULTS_SLOWER)
      print_contest(file, &said, &contests->list[i]);
  return 0;
}

bool bench_contests_slower(const struct results_contests *contests) {
  size_t counts[4];
  count(contests, counts);
  return counts[RESULTS_SLOWER] > 0;
}

bool bench_contestant(const char *text, char *room, size_t size,
                      struct results_contestant *out) {
  char *slash;
  if (strlen(text) >= size)
    return false;
  strcpy(room, text);
  slash = strchr(room, '/');
  if (!slash || slash == room || !slash[1])
    return false;
  *slash = '\0';
  *out = (struct results_contestant){room, slash + 1};
  return true;
}
