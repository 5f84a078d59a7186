/* Options in a file: what one would type, for keeping.
 *
 * A line is `name = value`; the names are those of the options without their
 * dashes, a flag's value is `yes`. Blank lines, and what follows a `#` that
 * begins a line or comes after a blank, are comments. Options that come later
 * win, on the command line as in the file. */
#ifndef BENCH_CAMPAIGN_FILE_H
#define BENCH_CAMPAIGN_FILE_H

#include <argp.h>

/* Hands each line to a parser as if it had been typed, complaining about the
 * first that is none with file and line. The values stay allocated.
 * @return 0 or EINVAL, told already */
error_t bench_campaign_file(const char *path, const struct argp_option *,
                            error_t (*parse)(int, char *, struct argp_state *),
                            struct argp_state *);

#endif
