/* Is a slowdown of 5 % found, and is none found where there is none? By
 * simulation over the trials of results/reference/, through the code that
 * `kspin compare` runs.
 *
 * No cell of a recorded run has the trials that a decision may need, so trials
 * are drawn from its clean ones, of one class of line transfer, with
 * replacement: the spread and the tails are the machine's own, rounds are as
 * many as wanted. One trial of each round goes to the lock as it is and
 * another, slowed down, to its planted copy. Draws are independent, which is
 * harder than it was: what two trials of one round have in common cancels in
 * their ratio. */
#include "results/contest.h"
#include "results/random.h"
#include "results/run.h"
#include "results/test/test.h"

#include <math.h>
#include <string.h>

enum { PAIRS = 20, PAIRS_MOST = 4000, TRIALS_ENOUGH = 8 };

static const struct results_contestant lock = {"executive", "lock"};
static const struct results_contestant copy = {"executive", "planted"};

/* Clean trials of one recorded cell, and what they are compared by. */
struct source {
  const struct results_trial *trials[64];
  size_t count;
  const struct results_field *field;
};

static struct results_run *run;
static struct source sources[256];
static size_t source_count;
static struct results_random chance;

static const char *const leading[] = {"pair_ns", "drained_ns", "timestamp_ns",
                                      "op_ns"};

static void take_source(const struct results_trials_of_cell *cell,
                        const struct results_field *field) {
  struct source *source = &sources[source_count];
  *source = (struct source){.field = field};
  for (size_t i = 0; i < cell->count && source->count < 64; i++) {
    const struct results_trial *trial = &run->trials[cell->trials[i]];
    if (results_trial_is_clean(trial) && results_real(trial, field) > 0)
      source->trials[source->count++] = trial;
  }
  if (source->count >= TRIALS_ENOUGH &&
      source_count + 1 < sizeof sources / sizeof *sources)
    source_count++;
}

static int open_run(void **state) {
  struct results_error error;
  struct results_cells cells;
  (void)state;
  if (results_run_read(TEST_REFERENCE, &run, &error) ||
      results_cells_group(run->trials, run->count, &cells))
    return -1;
  for (size_t i = 0; i < cells.count; i++)
    for (size_t k = 0; k < sizeof leading / sizeof *leading; k++)
      take_source(&cells.groups[i], results_field_find(leading[k]));
  results_cells_free(&cells);
  chance = results_random_seed(5);
  return source_count ? 0 : -1;
}

static int close_run(void **state) {
  (void)state;
  results_run_close(run);
  return 0;
}

static struct results_trial draw(const struct source *source, size_t round,
                                 const struct results_contestant *name,
                                 double factor) {
  const uint32_t which = results_random_below(&chance, (uint32_t)source->count);
  struct results_trial trial = *source->trials[which];
  const double value = results_real(&trial, source->field) * factor;
  for (const struct results_field *f = results_trial_fields; f->name; f++)
    if (f->group == RESULTS_METRIC)
      memcpy((char *)&trial + f->offset, &(double){(double)NAN},
             sizeof(double));
  memcpy((char *)&trial + source->field->offset, &value, sizeof value);
  trial.family = name->family, trial.lock = name->lock;
  trial.round = trial.sequence = (int64_t)round;
  return trial;
}

struct story {
  enum results_answer answer;
  size_t pairs; /* that it took */
};

/* @param patient  as long as the answer is `undecided`, measure as many more
 *                 pairs as it asks for */
static struct story compare(const struct source *source, double factor,
                            bool patient) {
  static struct results_trial trials[2 * PAIRS_MOST];
  struct results_contests contests;
  struct story story = {RESULTS_UNDECIDED, 0};
  size_t wanted = PAIRS;
  for (;;) {
    for (; story.pairs < wanted; story.pairs++) {
      trials[2 * story.pairs] = draw(source, story.pairs, &lock, 1);
      trials[2 * story.pairs + 1] = draw(source, story.pairs, &copy, factor);
    }
    assert_int_equal(results_contest_locks(trials, 2 * story.pairs, &lock,
                                           &copy, &results_compare_defaults,
                                           &contests),
                     0);
    assert_int_equal(contests.count, 1);
    const struct results_comparison c = contests.list->comparison;
    results_contests_free(&contests);
    story.answer = c.answer;
    wanted = story.pairs + c.more;
    if (!patient || c.answer != RESULTS_UNDECIDED || wanted > PAIRS_MOST)
      return story;
  }
}

struct tally {
  size_t of[4], all, pairs;
};

static struct tally tell(double factor, size_t repetitions, bool patient) {
  struct tally tally = {.all = 0};
  for (size_t i = 0; i < source_count; i++)
    for (size_t k = 0; k < repetitions; k++) {
      const struct story story = compare(&sources[i], factor, patient);
      tally.of[story.answer]++;
      tally.all++;
      tally.pairs += story.pairs;
    }
  print_message("x %.2f, %s: %zu faster, %zu slower, %zu same, %zu undecided "
                "of %zu; %zu pairs each\n",
                factor, patient ? "as long as it asks" : "20 pairs",
                tally.of[RESULTS_FASTER], tally.of[RESULTS_SLOWER],
                tally.of[RESULTS_SAME], tally.of[RESULTS_UNDECIDED], tally.all,
                tally.pairs / tally.all);
  return tally;
}

static bool differences_are_rare(const struct tally *tally) {
  return 20 * (tally->of[RESULTS_FASTER] + tally->of[RESULTS_SLOWER]) <=
         tally->all;
}

static void none_is_called_different_at_twenty(void **state) {
  (void)state;
  test_simulates();
  const struct tally equal = tell(1, 20, false), seeded = tell(1.3, 2, false);
  assert_true(differences_are_rare(&equal));
  assert_false(differences_are_rare(&seeded));
}

static void none_is_called_different_however_long(void **state) {
  (void)state;
  test_simulates();
  const struct tally tally = tell(1, 2, true);
  assert_true(differences_are_rare(&tally));
  assert_true(20 * tally.of[RESULTS_SAME] >= 19 * tally.all);
}

static void five_percent_are_found(void **state) {
  (void)state;
  test_simulates();
  const struct tally tally = tell(1.05, 2, true);
  assert_true(20 * tally.of[RESULTS_SLOWER] >= 19 * tally.all);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(none_is_called_different_at_twenty),
      cmocka_unit_test(none_is_called_different_however_long),
      cmocka_unit_test(five_percent_are_found),
  };
  return cmocka_run_group_tests(tests, open_run, close_run);
}
