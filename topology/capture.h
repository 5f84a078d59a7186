/* A machine as a file that others may have: hwloc's XML without what names
 * the machine or its user. It can be opened as any other XML source, and is a
 * test case when it is put into topology/test/machines. */
#ifndef TOPOLOGY_CAPTURE_H
#define TOPOLOGY_CAPTURE_H

#include "topology/machine.h"

/* Writes a machine as XML, distances and kinds of core included.
 *
 * Of hwloc's notes only those on a list of harmless ones are kept: hostname,
 * serial numbers, addresses, process and control group are not on it.
 *
 * @param path  a file that does not exist
 * @return 0; -EEXIST, -ENOENT, -EACCES, …: the file cannot be made; -ENOMEM;
 *   -EIO: it cannot be written to the end */
int topology_capture(const struct topology_machine *, const char *path);

#endif
