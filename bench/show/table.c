/* Tables on the terminal (see table.h). */
#include "bench/show/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/show/section.h"

/* Columns: the longest name of a lock with its routines; between two. */
enum { NAME = 30, GAP = 2 };

static int glyphs(const char *text) {
  int count = 0;
  for (const char *c = text; *c; c++)
    count += (*c & 0xc0) != 0x80;
  return count;
}

/* "62.1 ±1.9", with * when few trials were clean, in brackets when it is too
 * few steps of the clock to be taken for a figure. */
static const char *value_text(const struct bench_sections *all,
                              const struct results_row *row, char *text,
                              size_t size) {
  char number[24];
  const bool coarse = bench_row_is_coarse(all, row);
  if (!row || isnan(row->median))
    return "-";
  size_t used = (size_t)snprintf(text, size, "%s", coarse ? "(" : "");
  used += (size_t)bench_figure_text(text + used, size - used, row->median);
  if (!isnan(row->ci_low)) {
    double half = (row->ci_high - row->ci_low) / 2;
    bench_figure_text(number, sizeof number, half);
    used += (size_t)snprintf(text + used, size - used, " ±%s", number);
  }
  snprintf(text + used, size - used, "%s%s", coarse ? ")" : "",
           strcmp(row->basis, "clean") ? "*" : "");
  return text;
}

static int wider(const struct bench_sections *all, int width,
                 const struct results_row *row) {
  char text[64];
  int there = glyphs(value_text(all, row, text, sizeof text));
  return there > width ? there : width;
}

/* @param column  of the section's */
static int column_width(const struct bench_sections *all,
                        const struct bench_section *section,
                        const struct bench_column *column) {
  int width = glyphs(column->heading);
  for (size_t i = 0; i < section->line_count; i++)
    width = wider(all, width,
                  bench_line_find(all, section->lines[i], column->metric));
  if (section->probe && column == section->columns)
    width = wider(all, width, section->probe);
  return width + GAP;
}

static void print_value(FILE *file, const struct bench_sections *all, int width,
                        const struct results_row *row) {
  char space[64];
  const char *text = value_text(all, row, space, sizeof space);
  fprintf(file, "%*s%s", width - glyphs(text), "", text);
}

/* "0-3 8": runs of CPUs in one, and no more of them than fit a heading. */
static void print_cpus(FILE *file, const char *cpus) {
  enum { MOST = 8 };
  const char *gap = "";
  int shown = 0;
  char *next;
  for (long cpu = strtol(cpus, &next, 10); next != cpus; shown++) {
    long last = cpu - 1, first = cpu;
    for (; next != cpus && cpu == last + 1; cpu = strtol(cpus, &next, 10)) {
      last = cpu;
      cpus = next;
    }
    if (shown == MOST) {
      fputs(" …", file);
      return;
    }
    fprintf(file, "%s%ld", gap, first);
    if (last != first)
      fprintf(file, "%s%ld", last == first + 1 ? " " : "-", last);
    gap = " ";
  }
}

static void print_head(FILE *file, const struct bench_section *section,
                       const int *widths) {
  const struct results_cell *on = section->on;
  fprintf(file, "\n%s  %lld thread%s, CPUs ", section->workload->name,
          (long long)on->threads, on->threads == 1 ? "" : "s");
  print_cpus(file, on->cpus);
  fprintf(file, " (%s%s%s), home %s", on->level, *on->link ? ", measured " : "",
          on->link, on->home);
  if (on->cs_ns)
    fprintf(file, ", critical section %lld ns", (long long)on->cs_ns);
  if (*on->variant)
    fprintf(file, ", %s", on->variant);
  fprintf(file, "\n%-*s", NAME, "lock");
  for (size_t i = 0; section->columns[i].metric; i++)
    fprintf(file, "%*s%s", widths[i] - glyphs(section->columns[i].heading), "",
            section->columns[i].heading);
  fprintf(file, "%10s%12s\n", "x line", "n (+dist.)");
}

static void print_line(FILE *file, const struct bench_sections *all,
                       const struct bench_section *section,
                       const struct results_row *line, const int *widths,
                       double step_ns) {
  const struct results_row *row = bench_line_headline(all, section, line);
  const struct results_row *counts = row ? row : line;
  const struct results_cell *cell = &line->cell;
  char name[96];
  snprintf(name, sizeof name, "%s/%s %s", cell->family, cell->lock,
           strcmp(cell->routines, "native") ? cell->routines : "");
  fprintf(file, "%-*s", NAME, name);
  for (size_t i = 0; section->columns[i].metric; i++)
    print_value(file, all, widths[i],
                bench_line_find(all, line, section->columns[i].metric));
  if (!row || isnan(row->ratio_to_probe))
    fprintf(file, "%10s", "-");
  else
    fprintf(file, "%10.2f", row->ratio_to_probe);
  fprintf(file, "%6zu +%zu%s\n", counts->n, counts->n_disturbed,
          bench_line_disagrees(all, line, step_ns) ? "  !method" : "");
}

static void print_section(FILE *file, const struct bench_sections *all,
                          const struct bench_section *section, double step_ns) {
  /* The first stands where no line has a figure: then there is no column. */
  int widths[BENCH_COLUMNS] = {
      section->probe ? wider(all, 0, section->probe) + GAP : 0};
  for (size_t i = 0; section->columns[i].metric; i++)
    widths[i] = column_width(all, section, &section->columns[i]);
  print_head(file, section, widths);
  for (size_t i = 0; i < section->line_count; i++)
    print_line(file, all, section, section->lines[i], widths, step_ns);
  if (section->probe) {
    fprintf(file, "%-*s", NAME, "(line transfer, one way)");
    print_value(file, all, widths[0], section->probe);
    fprintf(file, "\n");
  }
}

/* A class of transfers that fewer trials met is named, but fills no page. */
static void name_section(FILE *file, const struct bench_section *section) {
  fprintf(file,
          "\n(%s on CPUs %s: fewer trials met a line transfer of %s; they "
          "are in summary.csv)\n",
          section->workload->name, section->on->cpus, section->on->link);
}

int bench_table_print(FILE *file, const struct results_summary *summary,
                      double step_ns) {
  struct bench_sections all;
  int error = bench_sections_make(summary, &all);
  if (error)
    return error;
  all.step_ns = step_ns;
  for (size_t i = 0; i < all.count; i++)
    if (all.items[i].on->link_main)
      print_section(file, &all, &all.items[i], step_ns);
    else
      name_section(file, &all.items[i]);
  bench_sections_free(&all);
  return 0;
}
