/* Which devices interrupt the CPUs in use, and how often. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bench/doctor/check.h"
#include "bench/doctor/patient.h"

enum { SOURCES = 5 };

/* More a second than this is a disturbance: one in ten milliseconds. */
static const double tolerated_per_s = 100;

struct source {
  char number[16], name[32];
  double per_s;
};

/* The columns of the table: one for each CPU online, named in its first line.
 * @return how many are filled with whether the CPU is in use */
static size_t read_columns(const struct bench_patient *patient,
                           const char *table, bool *used) {
  size_t columns = 0;
  const char *end = table + strcspn(table, "\n");
  for (const char *at = strstr(table, "CPU"); at && at < end;
       at = strstr(at + 1, "CPU")) {
    unsigned long cpu = strtoul(at + 3, NULL, 10);
    if (columns < BENCH_PATIENT_CPUS)
      used[columns++] = cpu < BENCH_PATIENT_CPUS && patient->cpus[cpu];
  }
  return columns;
}

/* Sums a line's counts over the CPUs in use.
 * @param line  behind the number and its colon
 * @return what follows the counts */
static const char *sum_line(const char *line, const bool *used, size_t columns,
                            double *sum) {
  *sum = 0;
  for (size_t i = 0; i < columns; i++) {
    char *end;
    unsigned long long count = strtoull(line, &end, 10);
    if (end == line)
      break;
    *sum += used[i] ? (double)count : 0;
    line = end;
  }
  return line;
}

/* The line of a device's number in a table; NULL when it has none. */
static const char *find_line(const char *table, const char *number) {
  size_t length = strlen(number);
  for (const char *line = strchr(table, '\n'); line;
       line = strchr(line + 1, '\n')) {
    const char *at = line + 1 + strspn(line + 1, " ");
    if (!strncmp(at, number, length) && at[length] == ':')
      return at + length + 1;
  }
  return NULL;
}

/* The last word of a line names the device. */
static void last_word(const char *line, char *name, size_t size) {
  const char *end = line + strcspn(line, "\n");
  while (end > line && isspace((unsigned char)end[-1]))
    end--;
  const char *begin = end;
  while (begin > line && !isspace((unsigned char)begin[-1]))
    begin--;
  snprintf(name, size, "%.*s", (int)(end - begin), begin);
}

/* Keeps the most frequent ones, most frequent first. */
static void rank(struct source *top, const struct source *one) {
  for (int i = 0; i < SOURCES; i++)
    if (one->per_s > top[i].per_s) {
      memmove(top + i + 1, top + i, sizeof *top * (size_t)(SOURCES - 1 - i));
      top[i] = *one;
      return;
    }
}

/* One line of the second table, held against the first. */
static void compare_line(const struct bench_patient *patient, const char *line,
                         const bool *used, size_t columns, struct source *top) {
  struct source one;
  double before = 0, after;
  line += strspn(line, " ");
  size_t length = strspn(line, "0123456789");
  if (!length || line[length] != ':' || length >= sizeof one.number)
    return; /* the timer and the like: part of running at all */
  snprintf(one.number, sizeof one.number, "%.*s", (int)length, line);
  const char *first = find_line(patient->interrupts[0], one.number);
  if (first) /* else it came in between */
    sum_line(first, used, columns, &before);
  last_word(sum_line(line + length + 1, used, columns, &after), one.name,
            sizeof one.name);
  one.per_s = (after - before) / patient->seconds;
  rank(top, &one);
}

static void print_top(const struct source *top, char *value) {
  size_t length = 0;
  snprintf(value, BENCH_FINDING_SIZE, "none in a second");
  for (int i = 0; i < SOURCES && top[i].per_s > 0; i++) {
    int more =
        snprintf(value + length, BENCH_FINDING_SIZE - length, "%s%s %s %.0f/s",
                 i ? ", " : "", top[i].number, top[i].name, top[i].per_s);
    if (more < 0 || length + (size_t)more >= BENCH_FINDING_SIZE)
      return; /* cut off */
    length += (size_t)more;
  }
}

enum bench_answer bench_read_interrupts(struct bench_patient *patient,
                                        const struct bench_check *check,
                                        char *value) {
  static bool used[BENCH_PATIENT_CPUS];
  struct source top[SOURCES] = {0};
  const char *table = patient->interrupts[1];
  (void)check;
  if (!patient->interrupts[0] || !table)
    return BENCH_UNKNOWN;
  size_t columns = read_columns(patient, table, used);
  for (const char *line = strchr(table, '\n'); line && line[1];
       line = strchr(line + 1, '\n'))
    compare_line(patient, line + 1, used, columns, top);
  print_top(top, value);
  return top[0].per_s > tolerated_per_s ? BENCH_BAD : BENCH_GOOD;
}
