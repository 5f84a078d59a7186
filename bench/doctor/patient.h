/* The machine under examination, as its files show it. */
#ifndef BENCH_DOCTOR_PATIENT_H
#define BENCH_DOCTOR_PATIENT_H

#include "bench/doctor.h"

enum { BENCH_PATIENT_CPUS = 8192, BENCH_LOOKS = 2 };

struct bench_patient {
  const struct bench_examination *order;
  bool is_this; /* this machine: its second look comes later */
  /* CPUs that are online and allowed, by OS index */
  bool cpus[BENCH_PATIENT_CPUS];
  size_t cpu_count;
  /* files that are looked at twice; NULL when not readable */
  char *stat[BENCH_LOOKS], *interrupts[BENCH_LOOKS];
  double seconds; /* between the looks */
};

/* Reads which CPUs there are, and looks twice, a second apart, at what runs.
 * The second look at another machine is below `later/` of its folder. What
 * cannot be read is missing; bench_patient_dismiss() frees the rest. */
void bench_patient_admit(struct bench_patient *,
                         const struct bench_examination *);
void bench_patient_dismiss(struct bench_patient *);

/* Reads a small file as results_sysfile_read() does, below the folder.
 * @param format  path, from the first slash on */
bool bench_patient_read(const struct bench_patient *, char *text, size_t size,
                        const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for a whole number that is all of the file. */
bool bench_patient_number(const struct bench_patient *, long long *out,
                          const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Marks the CPUs of a list such as "0-3,8".
 * @param set  room for BENCH_PATIENT_CPUS
 * @return how many; 0 for an empty or unreadable list */
size_t bench_patient_list(const char *text, bool *set);

/* Writes CPUs as such a list; cut off with `...` where it does not fit. */
void bench_patient_ranges(const bool *set, char *text, size_t size);

/* Goes on to the first CPU in use from *cpu on:
 *
 *     for (unsigned cpu = 0; bench_patient_next(patient, &cpu); cpu++)
 *
 * @return false when there is none */
bool bench_patient_next(const struct bench_patient *, unsigned *cpu);

#endif
