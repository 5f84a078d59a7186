/* The table of kernels, from the list that the build writes. */
#include "bench/kernel/kernel.h"

#define KERNEL(name) extern const struct bench_kernel bench_kernel_##name;
#include "bench/kernel_list.h"
#undef KERNEL

const struct bench_kernel *const bench_kernels[] = {
#define KERNEL(name) &bench_kernel_##name,
#include "bench/kernel_list.h"
#undef KERNEL
    NULL};
