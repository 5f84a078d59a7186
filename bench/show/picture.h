/* The pictures of a run: which there are, and drawing them. */
#ifndef BENCH_PICTURE_H
#define BENCH_PICTURE_H

#include <limits.h>
#include <stddef.h>
#include <stdio.h>

struct bench_picture {
  const char *name;     /* of its program in plots/ and of its files */
  const char *title;    /* what it shows */
  const char *table;    /* the file of the run that it reads */
  const char *workload; /* whose rows it needs there */
  const char *metrics; /* of which it needs one, "a,b"; NULL: any row will do */
};

/* Ended by a null name, in the order of the report. */
extern const struct bench_picture bench_pictures[];

/* The kinds of file, as endings: "svg", "png"; ended by NULL. */
extern const char *const bench_picture_formats[];

/* What is to be drawn. */
struct bench_album {
  const char *run;     /* the run's folder */
  const char *out;     /* folder of the pictures; NULL: RUN/plots */
  const char *only;    /* names of pictures, "release,handoff"; NULL: all */
  const char *formats; /* "svg,png"; NULL: all */
  FILE *paths;         /* gets the path of each picture, or NULL */
  FILE *remarks;       /* gets a line for what is left out, or NULL */
};

/* What came of it. */
struct bench_drawn {
  size_t pictures, left_out, files;
  char folder[PATH_MAX];
};

/* Draws the pictures that the run has rows for, each file whole or not at all.
 * Makes summary.csv and histograms.csv from the trials where a killed run has
 * left none.
 * @param drawn  is filled as far as it came, also on error
 * @return 0; on error negative errno with `why`, one line that says what and
 *         where: no run, no gnuplot, a table that cannot be read, no place */
int bench_pictures_draw(const struct bench_album *album,
                        struct bench_drawn *drawn, char *why, size_t why_size);

#endif
