/* The options of a run on the command line (see options.h, options.def). */
#include "bench/command/options.h"

#include <errno.h>
#include <stdint.h>

#include "bench/command/campaign_file.h"
#include "bench/command/command.h"

/* Keys that are no letters. */
enum {
  BEFORE_FIRST = 255,
#define BENCH_TEXT(field, name, argument, help) KEY_##field,
#define BENCH_PLACE(field, name, argument, help) KEY_##field,
#define BENCH_FLAG(field, name, help) KEY_##field,
#define BENCH_COUNT(field, name, low, high, help) KEY_##field,
#include "bench/options.def"
};

static const struct argp_option options[] = {
#define BENCH_TEXT(field, name, argument, help)                                \
  {name, KEY_##field, argument, 0, help, 0},
#define BENCH_PLACE(field, name, argument, help)                               \
  {name, KEY_##field, argument, 0, help, 0},
#define BENCH_FLAG(field, name, help) {name, KEY_##field, NULL, 0, help, 0},
#define BENCH_COUNT(field, name, low, high, help)                              \
  {name, KEY_##field, "N", 0, help, 0},
#include "bench/options.def"
    {0},
};

static error_t take_count(struct argp_state *state, const char *name,
                          const char *text, long long low, long long high,
                          uint64_t *out) {
  long long number;
  error_t error =
      bench_take_number(state->argv[0], name, text, low, high, &number);
  if (!error)
    *out = (uint64_t)number;
  return error;
}

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct bench_options *o = state->input;
  if (key == KEY_campaign &&
      bench_campaign_file(argument, options, parse, state))
    return EINVAL;
  switch (key) {
#define BENCH_TEXT(field, name, unused, help)                                  \
  case KEY_##field:                                                            \
    o->field = argument;                                                       \
    return 0;
#define BENCH_PLACE(field, name, unused, help)                                 \
  case KEY_##field:                                                            \
    o->field = argument;                                                       \
    return 0;
#define BENCH_FLAG(field, name, help)                                          \
  case KEY_##field:                                                            \
    o->field = true;                                                           \
    return 0;
#define BENCH_COUNT(field, name, low, high, help)                              \
  case KEY_##field:                                                            \
    return take_count(state, name, argument, low, high, &o->field);
#include "bench/options.def"
  default:
    return ARGP_ERR_UNKNOWN;
  }
}

const struct argp bench_options_argp = {.options = options, .parser = parse};
