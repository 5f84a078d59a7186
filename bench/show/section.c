/* Sorts the rows of a summary into sections (see section.h). */
#include "bench/show/section.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_probe(const struct results_row *row) {
  return !strcmp(row->cell.family, "probe");
}

static bool same_load(const struct results_cell *a,
                      const struct results_cell *b) {
  return a->cs_ns == b->cs_ns && !strcmp(a->variant, b->variant);
}

/* A probe has no critical section: it stands under each. */
static bool belongs(const struct bench_section *section,
                    const struct results_row *row) {
  const struct results_cell *a = section->on, *b = &row->cell;
  return !strcmp(a->workload, b->workload) && a->threads == b->threads &&
         !strcmp(a->cpus, b->cpus) && !strcmp(a->home, b->home) &&
         (is_probe(row) || same_load(a, b)) && !strcmp(a->link, b->link);
}

/* The first row that a cell has; the others follow it. */
static bool leads(const struct results_summary *summary, size_t index) {
  return index == 0 || !results_cell_equal(&summary->rows[index - 1].cell,
                                           &summary->rows[index].cell);
}

static struct bench_section *add(struct bench_sections *all,
                                 const struct results_row *row) {
  const struct bench_workload *workload =
      bench_workload_find(row->cell.workload);
  if (!workload)
    return NULL;
  struct bench_section *section = &all->items[all->count++];
  *section = (struct bench_section){.workload = workload, .on = &row->cell};
  return section;
}

/* The section of a lock's first row, a new one if need be. */
static struct bench_section *section_of(struct bench_sections *all,
                                        const struct results_row *row) {
  for (size_t i = 0; i < all->count; i++)
    if (belongs(&all->items[i], row))
      return &all->items[i];
  return add(all, row);
}

static int add_line(struct bench_section *section,
                    const struct results_row *row) {
  const struct results_row **grown = realloc(
      section->lines, (section->line_count + 1) * sizeof *section->lines);
  if (!grown)
    return -ENOMEM;
  section->lines = grown;
  grown[section->line_count++] = row;
  return 0;
}

static void add_probe(struct bench_sections *all,
                      const struct results_row *row) {
  for (size_t i = 0; i < all->count; i++)
    if (belongs(&all->items[i], row))
      all->items[i].probe = row;
}

/* What one thread cannot have, or a clock not give, takes no room. */
static void find_columns(const struct bench_sections *all,
                         struct bench_section *section) {
  struct bench_column *next = section->columns;
  for (const struct bench_column *c = section->workload->columns; c->metric;
       c++) {
    bool used = false;
    for (size_t i = 0; i < section->line_count && !used; i++)
      used = bench_line_find(all, section->lines[i], c->metric);
    if (used)
      *next++ = *c;
  }
}

int bench_sections_make(const struct results_summary *summary,
                        struct bench_sections *out) {
  struct bench_sections all = {.summary = summary};
  all.items = calloc(summary->count + 1, sizeof *all.items);
  if (!all.items)
    return -ENOMEM;
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_row *row = &summary->rows[i];
    if (!leads(summary, i) || is_probe(row))
      continue;
    struct bench_section *section = section_of(&all, row);
    if (section && add_line(section, row)) {
      bench_sections_free(&all);
      return -ENOMEM;
    }
  }
  for (size_t i = 0; i < summary->count; i++)
    if (is_probe(&summary->rows[i]))
      add_probe(&all, &summary->rows[i]);
  for (size_t i = 0; i < all.count; i++)
    find_columns(&all, &all.items[i]);
  *out = all;
  return 0;
}

void bench_sections_free(struct bench_sections *all) {
  for (size_t i = 0; i < all->count; i++)
    free(all->items[i].lines);
  free(all->items);
  *all = (struct bench_sections){0};
}

const struct results_row *bench_line_find(const struct bench_sections *all,
                                          const struct results_row *line,
                                          const char *metric) {
  const struct results_row *end = all->summary->rows + all->summary->count;
  for (const struct results_row *row = line;
       row < end && results_cell_equal(&row->cell, &line->cell); row++)
    if (!strcmp(row->metric, metric))
      return row;
  return NULL;
}

const struct results_row *
bench_line_headline(const struct bench_sections *all,
                    const struct bench_section *section,
                    const struct results_row *line) {
  const struct results_row *row = NULL;
  for (const struct bench_column *c = section->workload->columns;
       c->metric && !row; c++)
    row = bench_line_find(all, line, c->metric);
  return row;
}

bool bench_line_disagrees(const struct bench_sections *all,
                          const struct results_row *line, double step_ns) {
  const struct results_row *a = bench_line_find(all, line, "alternation_ns");
  const struct results_row *b = bench_line_find(all, line, "timestamp_ns");
  if (!a || !b)
    return false;
  double allowed = fmax(0.10 * fmax(a->median, b->median), 1.5 * step_ns);
  return fabs(a->median - b->median) > allowed;
}

enum { STEPS_ENOUGH = 10 };

bool bench_row_is_coarse(const struct bench_sections *all,
                         const struct results_row *row) {
  const char *p = row ? strstr(row->metric, "_p") : NULL;
  return p && p[2] >= '0' && p[2] <= '9' && !strcmp(row->unit, "ns") &&
         row->median < STEPS_ENOUGH * all->step_ns; /* false for NAN */
}

int bench_figure_text(char *text, size_t size, double value) {
  if (fabs(value) >= 1000)
    return snprintf(text, size, "%.0f", value);
  return snprintf(text, size, fabs(value) >= 99.95 ? "%.1f" : "%.2f", value);
}
