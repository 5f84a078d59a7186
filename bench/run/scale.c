/* The line about the largest team (see scale.h). */
#include "bench/run/scale.h"

#include <string.h>

#include "bench/show/section.h"
#include "bench/trial/team.h"

static const struct results_row *largest(const struct results_summary *all) {
  const struct results_row *found = NULL;
  for (size_t i = 0; i < all->count; i++) {
    const struct results_row *row = &all->rows[i];
    if (!strcmp(row->metric, "start_skew_ns") && row->cell.threads > 1 &&
        (!found || row->cell.threads > found->cell.threads))
      found = row;
  }
  return found;
}

void bench_scale_print(FILE *file, const struct results_summary *summary,
                       double report_s) {
  const struct results_row *row = largest(summary);
  if (row) {
    char skew[32];
    bench_figure_text(skew, sizeof skew, row->median / 1e3);
    fprintf(file,
            "\nlargest team: %lld threads with %zu KiB each on their nodes, "
            "set out within %s us; ",
            (long long)row->cell.threads, bench_team_member_bytes() / 1024,
            skew);
  } else {
    fputc('\n', file);
  }
  fprintf(file, "the report took %.2f s\n", report_s);
}
