/* Nodes and L3s of members (see domains.h). */
#include "bench/workload/domains.h"

#include <math.h>
#include <stdlib.h>

#include "results/stats.h"

static uint32_t domain_of_member(const struct bench_trial *trial,
                                 size_t index) {
  unsigned os = bench_team_member(trial->team, index)->cpu;
  const struct topology_cpu *cpu = topology_cpu_find(trial->machine, os);
  return cpu ? cpu->node << BENCH_L3_BITS |
                   (cpu->l3 & ((1U << BENCH_L3_BITS) - 1))
             : 0;
}

void bench_domains_fill(const struct bench_trial *trial, uint32_t *domain_of) {
  for (size_t i = 0; i < trial->threads; i++)
    domain_of[i] = domain_of_member(trial, i);
}

double bench_domains_chance(const uint32_t *domain_of, const double *shares,
                            size_t count, unsigned bits) {
  double left = 0, all = 0;
  bool several = false;
  for (size_t a = 0; a < count; a++)
    for (size_t b = 0; b < count; b++) {
      if (a == b)
        continue;
      all += shares[a] * shares[b];
      if ((domain_of[a] ^ domain_of[b]) >> bits == 0)
        continue;
      left += shares[a] * shares[b];
      several = true;
    }
  return several && all > 0 ? left / all : (double)NAN;
}

/* The mean share of those in the domain of one of them. */
static double mean_in_domain(const uint32_t *domain_of, const double *shares,
                             size_t count, unsigned bits, size_t of) {
  double sum = 0, members = 0;
  for (size_t i = 0; i < count; i++)
    if ((domain_of[i] ^ domain_of[of]) >> bits == 0) {
      sum += shares[i];
      members++;
    }
  return sum / members;
}

static bool is_first_of_domain(const uint32_t *domain_of, unsigned bits,
                               size_t of) {
  for (size_t i = 0; i < of; i++)
    if ((domain_of[i] ^ domain_of[of]) >> bits == 0)
      return false;
  return true;
}

double bench_domains_jain(const uint32_t *domain_of, const double *shares,
                          size_t count, unsigned bits) {
  double *means = calloc(count + 1, sizeof *means);
  size_t domains = 0;
  for (size_t i = 0; i < count && means; i++)
    if (is_first_of_domain(domain_of, bits, i))
      means[domains++] = mean_in_domain(domain_of, shares, count, bits, i);
  double jain = domains > 1 ? results_jain(means, domains) : (double)NAN;
  free(means);
  return jain;
}
