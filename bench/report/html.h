/* Writing HTML: text that stays text. */
#ifndef BENCH_REPORT_HTML_H
#define BENCH_REPORT_HTML_H

#include <jansson.h>
#include <stdio.h>

/* Writes a text so that it can be no markup, within elements and within
 * attributes in double quotes; control characters become blanks. */
void bench_html_text(FILE *file, const char *text);

/* Writes a value of run.json as text; null is said to be not known. */
void bench_html_json(FILE *file, const json_t *value);

/* Writes an SVG file inline: without its prologue, its ids and the references
 * to them led by `prefix`, so that several fit into one page.
 * @param label  what the picture shows, for those who do not see it
 * @return 0; -EBADMSG when it is no SVG; errors of open(2); -ENOMEM */
int bench_html_svg(FILE *file, const char *path, const char *prefix,
                   const char *label);

#endif
