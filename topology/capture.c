/* Exporting with hwloc, then keeping lines that say nothing private. */
#include "topology/capture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology/machine_private.h"

/* Notes that describe hardware and kernel. A new one of hwloc's is dropped
 * until somebody has looked at it. Source: hwloc manual, "Object attributes".
 */
static const char *const harmless[] = {"Architecture",
                                       "Backend",
                                       "CoreType",
                                       "CPUFamilyNumber",
                                       "CPUModel",
                                       "CPUModelNumber",
                                       "CPURevision",
                                       "CPUStepping",
                                       "CPUVendor",
                                       "FrequencyBaseMHz",
                                       "FrequencyMaxMHz",
                                       "Inclusive",
                                       "LinuxCapacity",
                                       "MemoryMode",
                                       "ClusterMode",
                                       "OSName",
                                       "OSRelease",
                                       "hwlocVersion",
                                       "SyntheticDescription",
                                       NULL};

/* hwloc writes each note on a line of its own: <info name="…" value="…"/>. */
static bool is_private(const char *line) {
  static const char note[] = "<info name=\"";
  const char *name = line + strspn(line, " \t");
  if (strncmp(name, note, sizeof note - 1))
    return false;
  name += sizeof note - 1;
  for (const char *const *word = harmless; *word; word++)
    if (!strncmp(name, *word, strlen(*word)) && name[strlen(*word)] == '"')
      return false;
  return true;
}

static int write_harmless(const char *xml, FILE *file) {
  while (*xml) {
    size_t length = strcspn(xml, "\n");
    length += xml[length] == '\n';
    if (!is_private(xml) && fwrite(xml, 1, length, file) != length)
      return -EIO;
    xml += length;
  }
  return 0;
}

int topology_capture(const struct topology_machine *m, const char *path) {
  char *xml;
  int length;
  if (hwloc_topology_export_xmlbuffer(m->hwloc, &xml, &length, 0))
    return -ENOMEM;
  FILE *file = fopen(path, "wxe");
  int error = file ? write_harmless(xml, file) : -errno;
  if (file && fclose(file) && !error)
    error = -EIO;
  hwloc_free_xmlbuffer(m->hwloc, xml);
  return error;
}
