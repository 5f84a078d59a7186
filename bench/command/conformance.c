/* kspin conformance: the numbered behaviours of the NT spin-lock API, shown
 * over every lock, or why they cannot be. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/command/command.h"
#include "locks/test/nt/behaviour.h"
#include "locks/test/nt/run.h"

enum { LOCK = 256, JSON };

struct request {
  const char *lock; /* or null: all */
  bool json;
};

struct outcome {
  const struct nt_run *run;
  const struct nt_behaviour *row;
  enum nt_result result;
  char *detail; /* or null */
};

/* Every outcome, in the order of the runs. */
struct outcomes {
  struct outcome *all;
  size_t count, room;
  bool lost; /* there was no memory for one */
};

static const char *const result_names[] = {"pass", "fail", "not-applicable"};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  if (key == JSON)
    request->json = true;
  else if (key == LOCK)
    request->lock = argument;
  else
    return ARGP_ERR_UNKNOWN;
  return 0;
}

static void keep(const struct nt_run *run, const struct nt_behaviour *row,
                 enum nt_result result, const char *detail, void *context) {
  struct outcomes *outcomes = context;
  if (row->number == 0) /* more than nt-api.md numbers: for the tests only */
    return;
  if (outcomes->count == outcomes->room) {
    size_t room = outcomes->room * 2 + 256;
    struct outcome *all = realloc(outcomes->all, room * sizeof *all);
    outcomes->lost |= all == NULL;
    if (all == NULL)
      return;
    outcomes->all = all;
    outcomes->room = room;
  }
  outcomes->all[outcomes->count++] = (struct outcome){
      run, row, result, detail != NULL ? strdup(detail) : NULL};
}

static bool wanted(const struct request *request, const struct nt_run *run) {
  return request->lock == NULL || strcmp(request->lock, run->lock) == 0;
}

static int unknown_lock(const char *argv0, const char *lock) {
  char names[512] = "";
  for (const struct nt_run *const *r = nt_runs; *r != NULL; r++) {
    char word[64];
    snprintf(word, sizeof word, " %s", (*r)->lock);
    if (strstr(names, word) == NULL &&
        strlen(names) + strlen(word) < sizeof names)
      strcat(names, word);
  }
  return bench_usage(argv0, "--lock: there is no lock '%s'; there are%s", lock,
                     names);
}

/* @return BENCH_EXIT_OK, or why there are no results */
static int run_all(const struct request *request, const char *argv0,
                   struct outcomes *outcomes) {
  size_t runs = 0;
  for (const struct nt_run *const *r = nt_runs; *r != NULL; r++) {
    if (!wanted(request, *r))
      continue;
    runs++;
    int failures = nt_run_apart(*r, keep, outcomes);
    if (failures < 0)
      return bench_usage(argv0, "cannot start %s: %s", (*r)->name,
                         strerror(-failures));
  }
  if (outcomes->lost)
    return bench_usage(argv0, "out of memory");
  return runs == 0 ? unknown_lock(argv0, request->lock) : BENCH_EXIT_OK;
}

static int by_number(const void *a, const void *b) {
  const struct outcome *x = a, *y = b;
  if (x->row->number != y->row->number)
    return x->row->number < y->row->number ? -1 : 1;
  int mode = -strcmp(x->run->mode, y->run->mode);
  if (mode != 0)
    return mode;
  int says = strcmp(x->row->says, y->row->says);
  int family = strcmp(x->run->family, y->run->family);
  if (says != 0 || family != 0)
    return says != 0 ? says : family;
  return strcmp(x->run->lock, y->run->lock);
}

static bool same_line(const struct outcome *a, const struct outcome *b) {
  return a->row->number == b->row->number &&
         strcmp(a->run->mode, b->run->mode) == 0 &&
         strcmp(a->run->family, b->run->family) == 0 &&
         strcmp(a->row->says, b->row->says) == 0;
}

/* One behaviour over the locks of a family. @return how many outcomes */
static size_t print_line(const struct outcome *first, size_t left) {
  size_t n = 0, count[3] = {0};
  while (n < left && same_line(first, &first[n]))
    count[first[n++].result]++;
  printf("%4u %-8s %-8s %-10s %2zu %2zu %2zu  %s [%s]\n", first->row->number,
         first->row->label, first->run->mode, first->run->family,
         count[NT_PASS], count[NT_FAIL], count[NT_NOT_APPLICABLE],
         first->row->says, first->row->source);
  for (size_t i = 0; i < n; i++)
    if (first[i].result != NT_PASS)
      printf("%*s %s %s: %s\n", 22, "", first[i].run->lock,
             result_names[first[i].result],
             first[i].detail != NULL ? first[i].detail : "");
  return n;
}

static void print_table(const struct outcomes *outcomes) {
  size_t count[3] = {0};
  printf("%4s %-8s %-8s %-10s %2s %2s %2s  %s\n", "T", "label", "mode",
         "family", "ok", "no", "-", "behaviour [source]");
  for (size_t i = 0; i < outcomes->count;)
    i += print_line(&outcomes->all[i], outcomes->count - i);
  for (size_t i = 0; i < outcomes->count; i++)
    count[outcomes->all[i].result]++;
  printf("%zu pass, %zu fail, %zu not applicable\n", count[NT_PASS],
         count[NT_FAIL], count[NT_NOT_APPLICABLE]);
}

static int print_json(const struct outcomes *outcomes) {
  json_t *rows = json_array();
  for (size_t i = 0; i < outcomes->count; i++) {
    const struct outcome *o = &outcomes->all[i];
    json_array_append_new(
        rows,
        json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s?}", "number",
                  (int)o->row->number, "label", o->row->label, "source",
                  o->row->source, "behaviour", o->row->says, "mode",
                  o->run->mode, "family", o->run->family, "lock", o->run->lock,
                  "result", result_names[o->result], "detail", o->detail));
  }
  json_t *all = json_pack("{s:o}", "behaviours", rows);
  return bench_print_json(all);
}

static int print(const struct request *request, struct outcomes *outcomes) {
  int status = BENCH_EXIT_OK;
  qsort(outcomes->all, outcomes->count, sizeof *outcomes->all, by_number);
  if (!request->json)
    print_table(outcomes);
  else
    status = print_json(outcomes);
  for (size_t i = 0; i < outcomes->count; i++)
    if (outcomes->all[i].result == NT_FAIL)
      status = BENCH_EXIT_FAILED;
  return status;
}

int bench_command_conformance(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"lock", LOCK, "LOCK", 0, "Only the behaviours of LOCK", 0},
      {"json", JSON, NULL, 0, "Print one JSON object", 0},
      {0}};
  static const struct argp argp = {
      .options = options,
      .parser = parse,
      .doc = "Shows the numbered behaviours of the NT spin-lock API over every "
             "lock (locks/nt/nt-api.md, section 3): those of a free kernel, "
             "and the misuse that the checked mode reports. Counts the locks "
             "that have it (ok), that have it not (no), and that do not claim "
             "it (-)."};
  struct request request = {0};
  struct outcomes outcomes = {0};
  int status = bench_parse(&argp, argc, argv, &request);
  if (status == BENCH_EXIT_OK)
    status = run_all(&request, argv[0], &outcomes);
  if (status == BENCH_EXIT_OK)
    status = print(&request, &outcomes);
  for (size_t i = 0; i < outcomes.count; i++)
    free(outcomes.all[i].detail);
  free(outcomes.all);
  return status;
}
