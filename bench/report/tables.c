/* The summary as tables: the same sections as on the terminal. */
#include <math.h>
#include <string.h>

#include "bench/report/html.h"
#include "bench/report/page.h"

/* "62.1 [60.2, 64.0]", with * when few trials were clean. */
static void put_value(FILE *file, const struct bench_sections *all,
                      const struct results_row *row) {
  char text[32];
  fputs(bench_row_is_coarse(all, row)
            ? "<td class=\"quiet\" title=\"below ten steps of the clock\">"
            : "<td>",
        file);
  if (row && !isnan(row->median)) {
    bench_figure_text(text, sizeof text, row->median);
    fputs(text, file);
    if (strcmp(row->basis, "clean"))
      fputs("<sup>*</sup>", file);
    if (!isnan(row->ci_low)) {
      bench_figure_text(text, sizeof text, row->ci_low);
      fprintf(file, " <small>%s&#8201;–&#8201;", text);
      bench_figure_text(text, sizeof text, row->ci_high);
      fprintf(file, "%s</small>", text);
    }
  }
  fputs("</td>", file);
}

static void put_head(FILE *file, const struct bench_section *section) {
  const struct results_cell *on = section->on;
  fprintf(file, "<h3>%s: %lld thread%s</h3>\n<p class=\"on\">CPUs ",
          section->workload->name, (long long)on->threads,
          on->threads == 1 ? "" : "s");
  bench_html_text(file, on->cpus);
  fputs(" (", file);
  bench_html_text(file, on->level);
  fputs("), home ", file);
  bench_html_text(file, on->home);
  if (*on->link) {
    fputs(", line transfer measured as ", file);
    bench_html_text(file, on->link);
  }
  if (on->cs_ns)
    fprintf(file, ", critical section %lld ns", (long long)on->cs_ns);
  if (*on->variant) {
    fputs(", ", file);
    bench_html_text(file, on->variant);
  }
  fputs("</p>\n<div class=\"wide\"><table>\n<thead><tr><th>lock</th>"
        "<th class=\"text\">routines</th>",
        file);
  for (const struct bench_column *c = section->columns; c->metric; c++) {
    fputs("<th>", file);
    bench_html_text(file, c->heading);
    fputs("</th>", file);
  }
  fputs("<th>× line</th><th>n</th><th>disturbed</th></tr></thead>\n<tbody>\n",
        file);
}

static void put_line(FILE *file, const struct bench_sections *all,
                     const struct bench_section *section,
                     const struct results_row *line, double step_ns) {
  const struct results_row *row = bench_line_headline(all, section, line);
  const struct results_row *counts = row ? row : line;
  const struct results_cell *cell = &line->cell;
  fputs("<tr class=\"", file);
  bench_html_text(file, cell->family);
  fputs("\"><th>", file);
  bench_html_text(file, cell->family);
  fputc('/', file);
  bench_html_text(file, cell->lock);
  fputs("</th><td class=\"text quiet\">", file);
  bench_html_text(file, strcmp(cell->routines, "native") ? cell->routines : "");
  fputs("</td>", file);
  for (const struct bench_column *c = section->columns; c->metric; c++)
    put_value(file, all, bench_line_find(all, line, c->metric));
  fputs("<td>", file);
  if (row && !isnan(row->ratio_to_probe))
    fprintf(file, "%.2f", row->ratio_to_probe);
  if (bench_line_disagrees(all, line, step_ns))
    fputs(" <b>!method</b>", file);
  fprintf(file, "</td><td>%zu</td><td>%zu</td></tr>\n", counts->n,
          counts->n_disturbed);
}

static void put_section(FILE *file, const struct bench_sections *all,
                        const struct bench_section *section, double step_ns) {
  put_head(file, section);
  for (size_t i = 0; i < section->line_count; i++)
    put_line(file, all, section, section->lines[i], step_ns);
  if (section->probe) {
    fputs("<tr class=\"limit\"><th>line transfer, one way</th><td></td>", file);
    put_value(file, all, section->probe);
    for (const struct bench_column *c = section->columns + 1;
         section->columns->metric && c->metric; c++)
      fputs("<td></td>", file);
    fprintf(file, "<td></td><td>%zu</td><td>%zu</td></tr>\n", section->probe->n,
            section->probe->n_disturbed);
  }
  fputs("</tbody></table></div>\n", file);
}

/* A class of transfers that fewer trials met is named, but fills no page. */
static void name_section(FILE *file, const struct bench_section *section) {
  fprintf(file, "<p class=\"absent\">%s on CPUs ", section->workload->name);
  bench_html_text(file, section->on->cpus);
  fputs(": fewer trials met a line transfer of ", file);
  bench_html_text(file, section->on->link);
  fputs("; they are in summary.csv.</p>\n", file);
}

int bench_slot_tables(FILE *file, const struct bench_report *report) {
  const struct bench_sections *all = report->sections;
  const json_t *clock = json_object_get(report->run->header, "clock");
  double step_ns = json_number_value(json_object_get(clock, "step_ns"));
  for (size_t i = 0; i < all->count; i++)
    if (all->items[i].on->link_main)
      put_section(file, all, &all->items[i], step_ns);
    else
      name_section(file, &all->items[i]);
  return 0;
}
