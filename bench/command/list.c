/* kspin list: what can be measured. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/kernel.h"
#include "bench/workload/workload.h"
#include "topology/place.h"

struct request {
  bool json;
};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  if (key == 'j') {
    request->json = true;
    return 0;
  }
  if (key == ARGP_KEY_ARG) {
    bench_usage(state->argv[0], "takes no argument, but was given '%s'",
                argument);
    return EINVAL;
  }
  return ARGP_ERR_UNKNOWN;
}

/* Kernels of one lock stand together; the first speaks for the lock. */
static bool first_of_lock(size_t i) {
  const struct bench_kernel *k = bench_kernels[i];
  const struct bench_kernel *before = i ? bench_kernels[i - 1] : NULL;
  return !k->hidden && (!before || strcmp(before->lock, k->lock) ||
                        strcmp(before->family, k->family));
}

static void print_locks(void) {
  printf("%-11s %-20s %-5s %-7s %s\n", "family", "lock", "FIFO", "blocks",
         "routines timed");
  for (size_t i = 0; bench_kernels[i]; i++) {
    const struct bench_kernel *k = bench_kernels[i];
    if (!first_of_lock(i))
      continue;
    printf("%-11s %-20s %-5s %-7s", k->family, k->lock, k->fifo ? "yes" : "no",
           k->blocking ? "yes" : "no");
    for (size_t j = i; bench_kernels[j] && (j == i || !first_of_lock(j)) &&
                       !bench_kernels[j]->hidden;
         j++)
      printf(" %s", bench_kernels[j]->routines);
    putchar('\n');
  }
}

static void print_rest(void) {
  puts("\nworkload");
  for (size_t i = 0; bench_workloads[i]; i++)
    printf("%-12s %s\n", bench_workloads[i]->name, bench_workloads[i]->help);
  puts("\nplacement");
  for (const struct topology_policy *p = topology_policies; p->name; p++)
    printf("%s%s%-*s %s\n", p->name, p->argument ? ":" : "",
           (int)(11 - strlen(p->name)), p->argument ? p->argument : "",
           p->help);
}

static int print_json(void) {
  json_t *locks = json_array();
  for (size_t i = 0; bench_kernels[i]; i++) {
    const struct bench_kernel *k = bench_kernels[i];
    if (first_of_lock(i))
      json_array_append_new(
          locks, json_pack("{s:s, s:s, s:b, s:b, s:b}", "family", k->family,
                           "name", k->lock, "exclusive", k->exclusive, "fifo",
                           k->fifo, "blocks", k->blocking));
  }
  json_t *workloads = json_array();
  for (size_t i = 0; bench_workloads[i]; i++)
    json_array_append_new(workloads, json_string(bench_workloads[i]->name));
  json_t *places = json_array();
  for (const struct topology_policy *p = topology_policies; p->name; p++)
    json_array_append_new(places, json_string(p->name));
  json_t *all = json_pack("{s:o, s:o, s:o}", "locks", locks, "workloads",
                          workloads, "placements", places);
  int error = all ? json_dumpf(all, stdout, JSON_INDENT(2)) : -1;
  json_decref(all);
  putchar('\n');
  return error ? BENCH_EXIT_FAILED : BENCH_EXIT_OK;
}

int bench_command_list(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"json", 'j', NULL, 0, "Print one JSON object", 0}, {0}};
  static const struct argp argp = {
      .options = options,
      .parser = parse,
      .doc = "Lists what can be measured: locks by family, workloads and "
             "placement policies."};
  struct request request = {0};
  int status = bench_parse(&argp, argc, argv, &request);
  if (status != BENCH_EXIT_OK)
    return status;
  if (request.json)
    return print_json();
  print_locks();
  print_rest();
  return BENCH_EXIT_OK;
}
