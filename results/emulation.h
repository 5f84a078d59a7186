/* Whether the CPU is a program. No time measured on one means anything. */
#ifndef RESULTS_EMULATION_H
#define RESULTS_EMULATION_H

/* Tells QEMU's translator (TCG) from silicon by what the CPU says of itself.
 *
 * On x86-64 that is certain. On aarch64 only TCG's own model `max` can be
 * told, for its other models pose as real CPUs.
 * @return 1: emulated; 0: not; -ENOTSUP: this kind of CPU does not tell
 *
 * Source: QEMU, target/i386/cpu.c (CPUID leaf 0x40000000) and
 * target/arm/cpu64.c (MIDR_EL1 of `max`). */
int results_emulated(void);

#endif
