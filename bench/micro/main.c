/* bench_micro: what the suite itself costs (see micro.h).
 *
 *   bench_micro [--json] [--seed-slow]
 *
 * Exit status 0: every limit holds; 1: one does not; 2: it could not be
 * measured. --seed-slow slows down what has a limit, for the test that it
 * would be found out. */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/micro/micro.h"
#include "topology/pin.h"

static const struct {
  const char *name;
  int (*run)(struct bench_micro *);
} subjects[] = {
    {"wrapper", bench_micro_wrapper},
    {"record", bench_micro_record},
    {"stamps", bench_micro_stamps},
    {"barrier", bench_micro_barrier},
};

bool bench_micro_holds(const struct bench_micro_row *row) {
  return isnan(row->limit) || row->value <= row->limit;
}

void bench_micro_add(struct bench_micro *micro, struct bench_micro_row row) {
  if (micro->count < BENCH_MICRO_ROWS)
    micro->rows[micro->count++] = row;
}

static bool all_hold(const struct bench_micro *micro) {
  bool hold = true;
  for (size_t i = 0; i < micro->count; i++)
    hold &= bench_micro_holds(&micro->rows[i]);
  return hold;
}

static void number(char *text, size_t size, double value) {
  if (isnan(value))
    snprintf(text, size, "-");
  else
    snprintf(text, size, "%.2f", value);
}

static void print_table(const struct bench_micro *micro) {
  printf("%-22s %10s %-5s %6s     \n", "cost", "value", "unit", "limit");
  for (size_t i = 0; i < micro->count; i++) {
    const struct bench_micro_row *row = &micro->rows[i];
    char value[32], limit[32];
    number(value, sizeof value, row->value);
    number(limit, sizeof limit, row->limit);
    printf("%-22s %10s %-5s %6s %-4s %s\n", row->name, value, row->unit, limit,
           isnan(row->limit)        ? ""
           : bench_micro_holds(row) ? "ok"
                                    : "FAIL",
           row->meaning);
  }
}

static json_t *number_or_null(double value) {
  return isfinite(value) ? json_real(value) : json_null();
}

static int print_json(const struct bench_micro *micro) {
  json_t *rows = json_array();
  for (size_t i = 0; i < micro->count; i++) {
    const struct bench_micro_row *row = &micro->rows[i];
    json_array_append_new(
        rows, json_pack("{s:s, s:o, s:s, s:o, s:b, s:s}", "name", row->name,
                        "value", number_or_null(row->value), "unit", row->unit,
                        "limit", number_or_null(row->limit), "ok",
                        bench_micro_holds(row), "meaning", row->meaning));
  }
  json_t *all = json_pack("{s:b, s:o}", "ok", all_hold(micro), "rows", rows);
  int failed = !all || json_dumpf(all, stdout, JSON_INDENT(2));
  json_decref(all);
  return failed || putchar('\n') == EOF ? 2 : 0;
}

static int measure(struct bench_micro *micro) {
  for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
    int error = subjects[i].run(micro);
    if (error) {
      fprintf(stderr, "bench_micro: %s: %s\n", subjects[i].name,
              strerror(-error));
      return 2;
    }
  }
  return 0;
}

static int run(struct bench_micro *micro, bool json) {
  static struct bench_clock clock;
  struct topology_mask before;
  unsigned cpu = topology_cpu_at(micro->machine, 0)->os;
  int error = topology_pin_self(micro->machine, cpu, &before);
  if (error) {
    fprintf(stderr, "bench_micro: CPU %u: %s\n", cpu, strerror(-error));
    return 2;
  }
  bench_clock_init(&clock);
  micro->clock = &clock;
  int status = measure(micro);
  topology_pin_restore(&before);
  if (status)
    return status;
  if (json)
    status = print_json(micro);
  else
    print_table(micro);
  return status ? status : !all_hold(micro);
}

int main(int argc, char **argv) {
  struct bench_micro micro = {.attempts = 12};
  struct topology_machine *machine;
  bool json = false;
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], "--json")) {
      json = true;
    } else if (!strcmp(argv[i], "--seed-slow")) {
      micro.slow = true;
      micro.attempts = 1; /* more would not help */
    } else {
      fprintf(stderr, "bench_micro: '%s' is neither --json nor --seed-slow\n",
              argv[i]);
      return 2;
    }
  }
  int error = topology_machine_open(NULL, NULL, &machine);
  if (error) {
    char why[256];
    topology_machine_why(error, NULL, NULL, why, sizeof why);
    fprintf(stderr, "bench_micro: %s\n", why);
    return 2;
  }
  micro.machine = machine;
  int status = run(&micro, json);
  topology_machine_close(machine);
  return status;
}
