/* What a report of a fault on somebody's machine needs, and nothing private:
 * kspin topology --capture. */
#ifndef BENCH_CAPTURE_H
#define BENCH_CAPTURE_H

#include <stddef.h>

#include "topology/machine.h"

/* Writes machine.xml (any tool that knows hwloc reads it), machine.json (as
 * kspin sees it, with distances) and, of this machine only, clock.json and
 * doctor.json (what may disturb a measurement).
 *
 * @param folder  is made when it is not there; none of the files may be
 * @param why     one line on error
 * @return 0; -EEXIST and others of mkdir(2) and open(2); -EIO; -ENOMEM */
int bench_capture(const struct topology_machine *, const char *folder,
                  char *why, size_t why_size);

#endif
