/* Whole files as texts. */
#ifndef BENCH_FILE_H
#define BENCH_FILE_H

/* Reads a file, however long.
 * @param out  its text, up to a zero if it has one; to be freed
 * @return 0; errors of open(2) and read(2); -EBADMSG: it is empty; -ENOMEM */
int bench_file_read(const char *path, char **out);

#endif
