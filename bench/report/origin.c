/* Where the figures come from: warnings, trials by verdict, machine, build,
 * clock and options. */
#include <string.h>

#include "bench/report/html.h"
#include "bench/report/page.h"
#include "results/environment.h"

/* A paragraph that begins with what is the matter. */
static void warn(FILE *file, const char *what, const char *why) {
  fprintf(file, "<p class=\"warning\"><b>%s</b> ", what);
  bench_html_text(file, why);
  fputs("</p>\n", file);
}

static void warn_of_state(FILE *file, const json_t *header) {
  const char *state = json_string_value(json_object_get(header, "state"));
  if (state && !strcmp(state, "interrupted"))
    warn(file, "Interrupted.",
         "The run was stopped before all its trials were made.");
  else if (state && strcmp(state, "complete"))
    warn(file, "Not complete.",
         "The run was killed, or goes on while this is written.");
}

int bench_slot_warnings(FILE *file, const struct bench_report *report) {
  const json_t *header = report->run->header, *omission;
  size_t i;
  warn_of_state(file, header);
  if (json_is_true(json_object_get(header, "exploratory")))
    warn(file, "Exploratory.",
         "A quick run has few trials: look, but claim nothing.");
  if (report->run->truncated)
    warn(file, "Torn.", "The last line of trials.jsonl is left out.");
  if (json_integer_value(json_object_get(header, "exclusion_violations")))
    warn(file, "Broken.",
         "Two threads were in a critical section at once: a lock is wrong.");
  json_array_foreach(json_object_get(header, "omissions"), i, omission)
      warn(file, "Left out.",
           json_is_string(omission) ? json_string_value(omission) : "");
  return 0;
}

static size_t count_verdict(const struct results_run *run, const char *name) {
  size_t count = 0;
  for (size_t i = 0; i < run->count; i++)
    count += !strcmp(run->trials[i].verdict, name);
  return count;
}

int bench_slot_trials(FILE *file, const struct bench_report *report) {
  const struct results_run *run = report->run;
  fputs("<div class=\"wide\"><table>\n<thead><tr><th>verdict</th><th>trials"
        "</th><th>%</th><th class=\"text\">meaning</th>"
        "<th class=\"text\">what to do</th></tr></thead>\n<tbody>\n",
        file);
  for (const struct results_verdict *v = results_verdicts; v->name; v++) {
    size_t count = count_verdict(run, v->name);
    if (!count && strcmp(v->name, "clean"))
      continue;
    fprintf(file, "<tr><th>%s</th><td>%zu</td><td>%.0f</td><td class=\"text\">",
            v->name, count,
            run->count ? 100 * (double)count / (double)run->count : 0);
    bench_html_text(file, v->meaning);
    fputs("</td><td class=\"text\">", file);
    bench_html_text(file, v->remedy);
    fputs("</td></tr>\n", file);
  }
  fprintf(file,
          "<tr class=\"limit\"><th>all</th><td>%zu</td><td>100</td><td></td>"
          "<td></td></tr>\n</tbody></table></div>\n",
          run->count);
  return 0;
}

static void put_pair(FILE *file, const char *key, const json_t *value,
                     const char *meaning) {
  fputs("<tr><th>", file);
  bench_html_text(file, key);
  fputs("</th><td class=\"text\">", file);
  bench_html_json(file, value);
  if (meaning) {
    fputs("</td><td class=\"text quiet\">", file);
    bench_html_text(file, meaning);
  }
  fputs("</td></tr>\n", file);
}

/* Known keys with their meaning, in their order. */
int bench_slot_environment(FILE *file, const struct bench_report *report) {
  const json_t *environment =
      json_object_get(report->run->header, "environment");
  fputs("<div class=\"wide\"><table class=\"pairs\">\n<tbody>\n", file);
  for (const struct results_environment_key *k = results_environment_keys;
       k->name; k++)
    put_pair(file, k->name, json_object_get(environment, k->name), k->meaning);
  fputs("</tbody></table></div>\n", file);
  return 0;
}

static void put_object(FILE *file, json_t *object) {
  const char *key;
  json_t *value;
  fputs("<div class=\"wide\"><table class=\"pairs\">\n<tbody>\n", file);
  json_object_foreach(object, key, value) put_pair(file, key, value, NULL);
  fputs("</tbody></table></div>\n", file);
}

int bench_slot_clock(FILE *file, const struct bench_report *report) {
  put_object(file, json_object_get(report->run->header, "clock"));
  return 0;
}

int bench_slot_options(FILE *file, const struct bench_report *report) {
  put_object(file, json_object_get(report->run->header, "options"));
  return 0;
}
