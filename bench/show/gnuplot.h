/* gnuplot, run as the program of its own that it is. */
#ifndef BENCH_GNUPLOT_H
#define BENCH_GNUPLOT_H

#include <stddef.h>

/* Finds the folder of the plot programs: $KSPIN_PLOTS_DIR, else the data of an
 * installed kspin, else the sources that this one was built from.
 * @param path  PATH_MAX bytes
 * @return 0; -ENOENT with `why` when no such folder holds style.gp */
int bench_plots_folder(char *path, char *why, size_t why_size);

/* Runs a gnuplot program and waits for its end.
 * @param program    its path
 * @param variables  texts that it finds set: name, value, ..., NULL
 * @param why        on failure what gnuplot said first, one line
 * @return 0; -ENOENT when there is no gnuplot; -ENODATA when the program
 *         finds nothing to draw; -EIO when it failed; -ENOMEM and other errors
 *         of pipe(2) and posix_spawnp(3) */
int bench_gnuplot_run(const char *program, const char *const *variables,
                      char *why, size_t why_size);

#endif
