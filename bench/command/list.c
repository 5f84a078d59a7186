/* kspin list: what can be measured. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "bench/command/command.h"
#include "bench/workload/workload.h"
#include "locks/table.h"
#include "topology/place.h"

enum { JSON = 256, MARKDOWN };

struct request {
  bool json, markdown;
};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  (void)argument;
  if (key == JSON || key == MARKDOWN) {
    request->json |= key == JSON;
    request->markdown |= key == MARKDOWN;
    return 0;
  }
  return ARGP_ERR_UNKNOWN;
}

static const char *yes_no(unsigned traits, unsigned bit) {
  return traits & bit ? "yes" : "no";
}

/* Later arrivals that may pass one waiter. */
static void print_bypass(int bypass) {
  if (bypass == LOCK_UNBOUNDED)
    printf(" %7s", "any");
  else
    printf(" %7d", bypass);
}

/* What a lock keeps beside its word may be long: it ends the line. */
static void print_locks(void) {
  printf("%-9s %-17s %-11s %7s %4s %-12s %-10s %-6s %-4s %-4s %-4s  %s\n",
         "family", "lock", "order", "bypass", "RMW", "busy", "transfers",
         "free=0", "try", "test", "NUMA", "source; space beside the word");
  for (size_t i = 0; i < lock_table_count; i++) {
    const struct lock_row *lock = &lock_table[i];
    const struct lock_properties *p = &lock->properties;
    printf("%-9s %-17s %-11s", lock_family_name(lock->family), lock->name,
           p->order);
    print_bypass(p->bypass);
    printf(" %4s %-12s %-10s %-6s %-4s %-4s %-4s  %s; %s\n", p->rmw_alone,
           p->rmw_busy, p->transfers, yes_no(lock->traits, LOCK_ZERO_WHEN_FREE),
           yes_no(lock->traits, LOCK_TRY), yes_no(lock->traits, LOCK_TEST),
           yes_no(lock->traits, LOCK_NUMA), p->source, p->space);
  }
  puts("\nbypass: grants that each later thread may get before one waiter; RMW:"
       " atomic\nread-modify-writes of a pair, alone and contended; transfers: "
       "of cache lines in\na contended pair with three waiters, in brackets "
       "those that follow one another.");
}

/* The same for README.md, which a test compares with this. */
static void print_markdown(void) {
  puts("| family | lock | order | bypass | RMW | busy | transfers | free=0 | "
       "try | test | NUMA | beside the word | source |\n"
       "|---|---|---|---|---|---|---|---|---|---|---|---|---|");
  for (size_t i = 0; i < lock_table_count; i++) {
    const struct lock_row *lock = &lock_table[i];
    const struct lock_properties *p = &lock->properties;
    char bypass[16] = "any";
    if (p->bypass != LOCK_UNBOUNDED)
      snprintf(bypass, sizeof bypass, "%d", p->bypass);
    printf("| %s | `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s "
           "|\n",
           lock_family_name(lock->family), lock->name, p->order, bypass,
           p->rmw_alone, p->rmw_busy, p->transfers,
           yes_no(lock->traits, LOCK_ZERO_WHEN_FREE),
           yes_no(lock->traits, LOCK_TRY), yes_no(lock->traits, LOCK_TEST),
           yes_no(lock->traits, LOCK_NUMA), p->space, p->source);
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

static json_t *lock_json(const struct lock_row *lock) {
  const struct lock_properties *p = &lock->properties;
  return json_pack(
      "{s:s, s:s, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:s, s:i, s:s, s:s, s:s, "
      "s:s, "
      "s:s}",
      "family", lock_family_name(lock->family), "name", lock->name, "exclusive",
      !!(lock->traits & LOCK_EXCLUSIVE), "fifo", !!(lock->traits & LOCK_FIFO),
      "zero_when_free", !!(lock->traits & LOCK_ZERO_WHEN_FREE), "try",
      !!(lock->traits & LOCK_TRY), "test", !!(lock->traits & LOCK_TEST),
      "blocks", !!(lock->traits & LOCK_BLOCKS), "numa",
      !!(lock->traits & LOCK_NUMA), "order", p->order, "bypass", p->bypass,
      "rmw_alone", p->rmw_alone, "rmw_busy", p->rmw_busy, "transfers",
      p->transfers, "space", p->space, "source", p->source);
}

static int print_json(void) {
  json_t *locks = json_array();
  for (size_t i = 0; i < lock_table_count; i++)
    json_array_append_new(locks, lock_json(&lock_table[i]));
  json_t *workloads = json_array();
  for (size_t i = 0; bench_workloads[i]; i++)
    json_array_append_new(workloads, json_string(bench_workloads[i]->name));
  json_t *places = json_array();
  for (const struct topology_policy *p = topology_policies; p->name; p++)
    json_array_append_new(places, json_string(p->name));
  json_t *all = json_pack("{s:o, s:o, s:o}", "locks", locks, "workloads",
                          workloads, "placements", places);
  return bench_print_json(all);
}

int bench_command_list(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"json", JSON, NULL, 0, "Print one JSON object", 0},
      {"markdown", MARKDOWN, NULL, 0, "Print the table of locks for README.md",
       0},
      {0}};
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
  if (request.markdown) {
    print_markdown();
    return BENCH_EXIT_OK;
  }
  print_locks();
  print_rest();
  return BENCH_EXIT_OK;
}
