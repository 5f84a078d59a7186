/* kspin topology: the machine, what each placement makes of it, and how far
 * apart two of its CPUs are. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "bench/command/command.h"
#include "bench/command/machine.h"
#include "bench/list.h"
#include "bench/run/capture.h"
#include "topology/describe.h"
#include "topology/place.h"

/* More threads than this get no matrix of levels: it would fill screens. */
enum { MATRIX_THREADS = 32 };

enum { PLACE = 256, THREADS, BETWEEN, JSON, CAPTURE };

struct request {
  struct bench_machine_choice machine;
  const char *place, *between, *capture;
  size_t threads; /* 0: as many as fit */
  bool json;
};

struct placement {
  const char *policy;
  unsigned *cpus;
  size_t count;
  char why[256]; /* empty, or why there are no cpus */
};

/* What is to be shown, complete before the first word is printed. */
struct answer {
  struct topology_machine *machine;
  struct placement *placements;
  size_t count;
  struct placement between; /* two CPUs, or none */
};

static const struct argp_option options[] = {
    {"place", PLACE, "POLICY", 0,
     "Show one placement, with the level between any two of its CPUs", 0},
    {"threads", THREADS, "N", 0,
     "Place N threads (default: as many as --place offers); without --place by "
     "every policy",
     0},
    {"between", BETWEEN, "A,B", 0, "Show the level between two CPUs", 0},
    {"capture", CAPTURE, "FOLDER", 0,
     "Write the machine for a report: hwloc XML, distances, clock, doctor; "
     "nothing private",
     0},
    {"json", JSON, NULL, 0, "Print one JSON object", 0},
    {0}};

static const struct argp_child children[] = {{.argp = &bench_machine_argp},
                                             {0}};

static error_t parse_threads(struct request *request, const char *argument,
                             const char *argv0) {
  long long number;
  if (bench_take_number(argv0, "threads", argument, 1, INT32_MAX, &number))
    return EINVAL;
  request->threads = (size_t)number;
  return 0;
}

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct request *request = state->input;
  switch (key) {
  case ARGP_KEY_INIT:
    state->child_inputs[0] = &request->machine;
    return 0;
  case PLACE:
    request->place = argument;
    return 0;
  case THREADS:
    return parse_threads(request, argument, state->argv[0]);
  case BETWEEN:
    request->between = argument;
    return 0;
  case CAPTURE:
    request->capture = argument;
    return 0;
  case JSON:
    request->json = true;
    return 0;
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

/* Places threads, or says why not in the placement. @param threads  0: as many
 * as the policy offers */
static int place(const struct topology_machine *machine, const char *policy,
                 size_t threads, struct placement *out) {
  *out = (struct placement){.policy = policy, .count = threads};
  int error = 0;
  if (!threads)
    error = topology_place_limit(machine, policy, &out->count, out->why,
                                 sizeof out->why);
  if (!error) {
    out->cpus = calloc(out->count + 1, sizeof *out->cpus);
    error = out->cpus ? topology_place(machine, policy, out->count, out->cpus,
                                       out->why, sizeof out->why)
                      : -ENOMEM;
  }
  if (error == -ENOMEM)
    snprintf(out->why, sizeof out->why, "out of memory");
  return error;
}

/* Places by every policy. @return an error if none of them can */
static int place_by_all(const struct topology_machine *machine, size_t threads,
                        struct answer *answer) {
  int error = -EINVAL;
  for (const struct topology_policy *p = topology_policies; p->name; p++)
    if (!p->argument &&
        !place(machine, p->name, threads, &answer->placements[answer->count++]))
      error = 0;
  return error;
}

static int make_placements(const char *argv0, const struct request *request,
                           struct answer *answer) {
  size_t policies = 1;
  while (topology_policies[policies].name)
    policies++;
  answer->placements = calloc(policies, sizeof *answer->placements);
  if (!answer->placements)
    return bench_usage(argv0, "out of memory");
  int error = 0;
  if (request->place) {
    error = place(answer->machine, request->place, request->threads,
                  &answer->placements[0]);
    answer->count = 1;
  } else if (request->threads) {
    error = place_by_all(answer->machine, request->threads, answer);
  }
  return error ? bench_usage(argv0, "%s", answer->placements[0].why)
               : BENCH_EXIT_OK;
}

/* `A,B` is a list of two CPUs, and is read as one. */
static int find_between(const char *argv0, const char *text,
                        struct answer *answer) {
  char list[64];
  if (snprintf(list, sizeof list, "list:%s", text) >= (int)sizeof list ||
      (!place(answer->machine, list, 0, &answer->between) &&
       answer->between.count != 2))
    return bench_usage(argv0, "--between: '%s' should be two CPUs, like 0,1",
                       text);
  return *answer->between.why
             ? bench_usage(argv0, "--between: %s", answer->between.why)
             : BENCH_EXIT_OK;
}

static int make_answer(const char *argv0, const struct request *request,
                       struct answer *answer) {
  int status = bench_machine_open(argv0, &request->machine, &answer->machine);
  if (status == BENCH_EXIT_OK)
    status = make_placements(argv0, request, answer);
  if (status == BENCH_EXIT_OK && request->between)
    status = find_between(argv0, request->between, answer);
  return status;
}

static void free_answer(struct answer *answer) {
  for (size_t i = 0; i < answer->count; i++)
    free(answer->placements[i].cpus);
  free(answer->placements);
  free(answer->between.cpus);
  topology_machine_close(answer->machine);
}

static void print_placement(const struct placement *p) {
  if (*p->why) {
    puts(p->why);
    return;
  }
  printf("%-8s", p->policy);
  for (size_t i = 0; i < p->count; i++)
    printf(" %u", p->cpus[i]);
  putchar('\n');
}

/* The level both ways, since distances need not be the same. */
static void name_between(const struct answer *answer, char *there, char *back) {
  const unsigned *cpus = answer->between.cpus;
  topology_level_name(answer->machine, cpus[0], cpus[1], there,
                      TOPOLOGY_LEVEL_NAME_SIZE);
  topology_level_name(answer->machine, cpus[1], cpus[0], back,
                      TOPOLOGY_LEVEL_NAME_SIZE);
}

static void print_text(const struct request *request,
                       const struct answer *answer) {
  topology_describe(stdout, answer->machine);
  if (answer->count)
    puts("\nplacement, CPUs of thread 0, 1, …");
  for (size_t i = 0; i < answer->count; i++)
    print_placement(&answer->placements[i]);
  const struct placement *one = request->place ? answer->placements : NULL;
  if (one && one->count <= MATRIX_THREADS) {
    putchar('\n');
    topology_describe_levels(stdout, answer->machine, one->cpus, one->count);
  } else if (one) {
    printf("\nno matrix of levels beyond %d threads; --between A,B shows one\n",
           MATRIX_THREADS);
  }
  if (request->between) {
    char there[TOPOLOGY_LEVEL_NAME_SIZE], back[TOPOLOGY_LEVEL_NAME_SIZE];
    name_between(answer, there, back);
    printf("\nlevel from CPU %u to %u: %s, back: %s\n", answer->between.cpus[0],
           answer->between.cpus[1], there, back);
  }
}

static json_t *placement_json(const struct topology_machine *machine,
                              const struct placement *p) {
  if (*p->why)
    return json_pack("{ss ss}", "policy", p->policy, "why", p->why);
  json_t *cpus = json_array();
  for (size_t i = 0; i < p->count; i++)
    json_array_append_new(cpus, json_integer(p->cpus[i]));
  json_t *levels =
      p->count <= MATRIX_THREADS
          ? topology_describe_levels_json(machine, p->cpus, p->count)
          : json_null();
  return json_pack("{ss so so}", "policy", p->policy, "cpus", cpus, "levels",
                   levels);
}

static json_t *between_json(const struct answer *answer) {
  char there[TOPOLOGY_LEVEL_NAME_SIZE], back[TOPOLOGY_LEVEL_NAME_SIZE];
  name_between(answer, there, back);
  return json_pack("{s[ii] ss ss}", "cpus", answer->between.cpus[0],
                   answer->between.cpus[1], "level", there, "back", back);
}

static int print_json(const struct request *request,
                      const struct answer *answer) {
  json_t *object = topology_describe_json(answer->machine);
  json_t *placements = json_array();
  for (size_t i = 0; i < answer->count; i++)
    json_array_append_new(
        placements, placement_json(answer->machine, &answer->placements[i]));
  json_object_set_new(object, "placements", placements);
  if (request->between)
    json_object_set_new(object, "between", between_json(answer));
  return bench_print_json(object);
}

int bench_command_topology(int argc, char **argv) {
  static const struct argp argp = {
      .options = options,
      .parser = parse,
      .children = children,
      .doc = "Shows the machine that threads are pinned on, or another one: "
             "its CPUs by package, node and L3 domain, its NUMA nodes and "
             "distances, and what each placement makes of it. Levels from "
             "near to far: same, smt, l2, l3, package, node, cross.\v"
             "`kspin list` explains the placement policies."};
  struct request request = {0};
  struct answer answer = {0};
  int status = bench_parse(&argp, argc, argv, &request);
  if (status != BENCH_EXIT_OK)
    return status;
  status = make_answer(argv[0], &request, &answer);
  char why[512];
  if (status == BENCH_EXIT_OK && request.capture) {
    if (bench_capture(answer.machine, request.capture, why, sizeof why))
      status = bench_usage(argv[0], "--capture: %s", why);
  } else if (status == BENCH_EXIT_OK && request.json)
    status = print_json(&request, &answer);
  else if (status == BENCH_EXIT_OK)
    print_text(&request, &answer);
  free_answer(&answer);
  return status;
}
