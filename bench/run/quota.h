/* How many CPUs the control group lets this process keep busy. */
#ifndef BENCH_QUOTA_H
#define BENCH_QUOTA_H

/* @return CPUs' worth of time, at least 1; 0 when nothing limits it, which is
 *   also so when a limit cannot be read */
double bench_quota_cpus(void);

#endif
