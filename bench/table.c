/* Tables on the terminal (see table.h). */
#include "bench/table.h"

#include <math.h>
#include <string.h>

#include "bench/workload/workload.h"

enum { WIDTH = 18 };

/* Rows of one workload on one set of CPUs. */
struct section {
  const struct bench_workload *workload;
  const struct results_cell *on; /* threads, cpus, level, home, cs_ns */
  double step_ns;
};

static bool is_probe(const struct results_row *row) {
  return !strcmp(row->cell.family, "probe");
}

/* A probe has no critical section: it stands under each. */
static bool belongs(const struct section *section,
                    const struct results_row *row) {
  const struct results_cell *a = section->on, *b = &row->cell;
  return !strcmp(b->workload, section->workload->name) &&
         a->threads == b->threads && !strcmp(a->cpus, b->cpus) &&
         !strcmp(a->home, b->home) && (is_probe(row) || a->cs_ns == b->cs_ns) &&
         !strcmp(a->link, b->link);
}

static const struct results_row *find(const struct results_summary *summary,
                                      const struct results_cell *cell,
                                      const char *metric) {
  for (size_t i = 0; i < summary->count; i++)
    if (results_cell_equal(&summary->rows[i].cell, cell) &&
        !strcmp(summary->rows[i].metric, metric))
      return &summary->rows[i];
  return NULL;
}

/* Three figures that mean something, whatever the size. */
static int format_number(char *text, size_t size, double value) {
  if (fabs(value) >= 1000)
    return snprintf(text, size, "%.0f", value);
  return snprintf(text, size, fabs(value) >= 99.95 ? "%.1f" : "%.2f", value);
}

/* "62.1 [60.2,64.0]", with * when few trials were clean. */
static void print_value(FILE *file, const struct results_row *row) {
  char text[64] = "-", number[24];
  if (row && !isnan(row->median)) {
    size_t used = (size_t)format_number(text, sizeof text, row->median);
    if (!isnan(row->ci_low)) {
      double half = (row->ci_high - row->ci_low) / 2;
      format_number(number, sizeof number, half);
      used += (size_t)snprintf(text + used, sizeof text - used, " ±%s", number);
    }
    snprintf(text + used, sizeof text - used, "%s",
             strcmp(row->basis, "clean") ? "*" : "");
  }
  int glyphs = 0;
  for (const char *c = text; *c; c++)
    glyphs += (*c & 0xc0) != 0x80;
  fprintf(file, "%*s%s", glyphs < WIDTH ? WIDTH - glyphs : 1, "", text);
}

static void print_head(FILE *file, const struct section *section) {
  const struct results_cell *on = section->on;
  fprintf(file, "\n%s  %lld thread%s, CPUs %s (%s%s%s), home %s",
          section->workload->name, (long long)on->threads,
          on->threads == 1 ? "" : "s", on->cpus, on->level,
          *on->link ? ", measured " : "", on->link, on->home);
  if (on->cs_ns)
    fprintf(file, ", critical section %lld ns", (long long)on->cs_ns);
  fprintf(file, "\n%-28s", "lock");
  for (const struct bench_column *c = section->workload->columns; c->metric;
       c++)
    fprintf(file, "%*s", WIDTH, c->heading);
  fprintf(file, "%10s%12s\n", "x line", "n (+dist.)");
}

/* The two estimators of a handoff may differ by so much. */
static bool methods_disagree(const struct results_summary *summary,
                             const struct results_cell *cell, double step_ns) {
  const struct results_row *a = find(summary, cell, "alternation_ns");
  const struct results_row *b = find(summary, cell, "timestamp_ns");
  if (!a || !b)
    return false;
  double allowed = fmax(0.10 * fmax(a->median, b->median), 1.5 * step_ns);
  return fabs(a->median - b->median) > allowed;
}

static void print_row(FILE *file, const struct results_summary *summary,
                      const struct section *section,
                      const struct results_row *row) {
  const struct results_cell *cell = &row->cell;
  char name[96];
  snprintf(name, sizeof name, "%s/%s %s", cell->family, cell->lock,
           strcmp(cell->routines, "native") ? cell->routines : "");
  fprintf(file, "%-28s", name);
  for (const struct bench_column *c = section->workload->columns; c->metric;
       c++)
    print_value(file, find(summary, cell, c->metric));
  if (isnan(row->ratio_to_probe))
    fprintf(file, "%10s", "-");
  else
    fprintf(file, "%10.2f", row->ratio_to_probe);
  fprintf(file, "%6zu +%zu%s\n", row->n, row->n_disturbed,
          methods_disagree(summary, cell, section->step_ns) ? "  !method" : "");
}

static void print_probe(FILE *file, const struct results_row *row) {
  fprintf(file, "%-28s", "(line transfer, one way)");
  print_value(file, row);
  fprintf(file, "\n");
}

/* The first row that a cell has, in the order of the columns. */
static bool leads(const struct results_summary *summary, size_t index) {
  return index == 0 || !results_cell_equal(&summary->rows[index - 1].cell,
                                           &summary->rows[index].cell);
}

static const struct results_row *headline(const struct results_summary *summary,
                                          const struct section *section,
                                          const struct results_cell *cell) {
  const struct results_row *row = NULL;
  for (const struct bench_column *c = section->workload->columns;
       c->metric && !row; c++)
    row = find(summary, cell, c->metric);
  return row;
}

static void print_section(FILE *file, const struct results_summary *summary,
                          const struct section *section) {
  print_head(file, section);
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_row *row = &summary->rows[i];
    if (!belongs(section, row) || !leads(summary, i) || is_probe(row))
      continue;
    const struct results_row *first = headline(summary, section, &row->cell);
    if (first)
      print_row(file, summary, section, first);
  }
  for (size_t i = 0; i < summary->count; i++)
    if (belongs(section, &summary->rows[i]) && is_probe(&summary->rows[i]))
      print_probe(file, &summary->rows[i]);
}

/* Was this set of CPUs printed before? */
static bool seen(const struct results_summary *summary, size_t index,
                 const struct section *section) {
  for (size_t i = 0; i < index; i++)
    if (belongs(section, &summary->rows[i]))
      return true;
  return false;
}

/* A class of transfers that fewer trials met is named, but fills no page. */
static void print_or_name(FILE *file, const struct results_summary *summary,
                          const struct section *section) {
  if (section->on->link_main)
    print_section(file, summary, section);
  else
    fprintf(file,
            "\n(%s on CPUs %s: fewer trials met a line transfer of %s; they are "
            "in summary.csv)\n",
            section->workload->name, section->on->cpus, section->on->link);
}

void bench_table_print(FILE *file, const struct results_summary *summary,
                       double step_ns) {
  for (size_t i = 0; i < summary->count; i++) {
    const struct results_cell *cell = &summary->rows[i].cell;
    struct section section = {.workload = bench_workload_find(cell->workload),
                              .on = cell,
                              .step_ns = step_ns};
    if (section.workload && !is_probe(&summary->rows[i]) &&
        !seen(summary, i, &section))
      print_or_name(file, summary, &section);
  }
}
