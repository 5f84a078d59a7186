/* From a source to a loaded hwloc topology: this machine, synthetic, XML. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "topology/machine_private.h"

/* Variables with which hwloc shows another machine in place of this one.
 * Source: hwloc manual, "Environment Variables". */
static const char *const impostors[] = {"HWLOC_SYNTHETIC",  "HWLOC_XMLFILE",
                                        "HWLOC_FSROOT",     "HWLOC_CPUID_PATH",
                                        "HWLOC_THISSYSTEM", NULL};

static const char *impostor(void) {
  for (const char *const *name = impostors; *name; name++)
    if (getenv(*name))
      return *name;
  return NULL;
}

/* hwloc does not say why it could not read a file, so it is opened first. */
static int readable(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return -errno;
  close(file);
  return 0;
}

/* As many as Linux serves at most. hwloc needs a time that grows with their
 * cube where they are on one level: some seconds for these. */
enum { SYNTHETIC_CPUS = 8192 };

/* The CPUs of a synthetic description: the product of its levels' counts.
 * Attributes in parentheses and memory in brackets hold numbers, too. */
static bool too_large(const char *synthetic) {
  unsigned long long cpus = 1;
  for (const char *c = synthetic; *c && cpus <= SYNTHETIC_CPUS; c++) {
    if (*c == '(' || *c == '[')
      c += strcspn(c + 1, ")]");
    else if (isdigit((unsigned char)*c) &&
             (c == synthetic || c[-1] == ':' || isspace((unsigned char)c[-1])))
      cpus *= strtoull(c, NULL, 0);
  }
  return cpus > SYNTHETIC_CPUS;
}

static int choose_source(hwloc_topology_t hwloc, const char *synthetic,
                         const char *xml) {
  if (synthetic && too_large(synthetic))
    return -E2BIG;
  if (synthetic)
    return hwloc_topology_set_synthetic(hwloc, synthetic) ? -EINVAL : 0;
  if (!xml)
    return impostor() ? -EPERM : 0;
  int error = readable(xml);
  if (error)
    return error;
  return hwloc_topology_set_xml(hwloc, xml) ? -EINVAL : 0;
}

/* hwloc leaves out what the cpuset forbids; the affinity mask is on top. */
static int keep_inherited(hwloc_topology_t hwloc) {
  hwloc_bitmap_t mask = hwloc_bitmap_alloc();
  if (!mask)
    return -ENOMEM;
  int failed = hwloc_get_cpubind(hwloc, mask, HWLOC_CPUBIND_THREAD) ||
               hwloc_topology_restrict(hwloc, mask, 0);
  int error = !failed ? 0 : errno == ENOMEM ? -ENOMEM : -ENODEV;
  hwloc_bitmap_free(mask);
  return error;
}

static int load(struct topology_machine *m, const char *synthetic,
                const char *xml) {
  if (hwloc_topology_init(&m->hwloc))
    return -ENOMEM;
  int error = choose_source(m->hwloc, synthetic, xml);
  if (error)
    return error;
  if (hwloc_topology_load(m->hwloc))
    return errno == ENOMEM ? -ENOMEM : -EINVAL;
  m->exists = hwloc_bitmap_dup(hwloc_topology_get_complete_cpuset(m->hwloc));
  if (!m->exists)
    return -ENOMEM;
  return m->is_this ? keep_inherited(m->hwloc) : 0;
}

static char *name_source(const char *synthetic, const char *xml) {
  char *name = NULL;
  if (!synthetic && !xml)
    return strdup("this machine");
  if (asprintf(&name, "%s %s", synthetic ? "synthetic" : "xml",
               synthetic ? synthetic : xml) < 0)
    return NULL;
  return name;
}

int topology_machine_open(const char *synthetic, const char *xml,
                          struct topology_machine **out) {
  if (synthetic && xml)
    return -EINVAL;
  struct topology_machine *m = calloc(1, sizeof *m);
  if (!m)
    return -ENOMEM;
  m->is_this = !synthetic && !xml;
  m->source = name_source(synthetic, xml);
  int error = m->source ? load(m, synthetic, xml) : -ENOMEM;
  if (!error)
    error = topology_machine_collect(m);
  if (error)
    topology_machine_close(m);
  else
    *out = m;
  return error;
}

void topology_machine_why(int error, const char *synthetic, const char *xml,
                          char *why, size_t why_size) {
  if (synthetic && xml)
    snprintf(why, why_size,
             "a synthetic machine and an XML file are both given; "
             "it should be one of them");
  else if (error == -ENODEV)
    snprintf(why, why_size,
             "no CPU is allowed; the cpuset and the affinity mask should "
             "leave at least one");
  else if (error == -EPERM && !synthetic && !xml && impostor())
    snprintf(why, why_size,
             "%s is set, so hwloc would not show this machine; it should be "
             "unset, or that machine be named as the source",
             impostor());
  else if (error == -EINVAL && synthetic)
    snprintf(why, why_size,
             "synthetic machine '%s': hwloc cannot read it; it should be like "
             "'package:2 [numa] l3:1 core:4 pu:2'",
             synthetic);
  else if (error == -E2BIG && synthetic)
    snprintf(
        why, why_size,
        "synthetic machine '%s': too large; it should have at most %d CPUs",
        synthetic, SYNTHETIC_CPUS);
  else if (xml)
    snprintf(why, why_size,
             "%s: %s; it should be an XML file written by lstopo", xml,
             error == -EINVAL ? "hwloc cannot read it" : strerror(-error));
  else
    snprintf(why, why_size, "this machine: %s", strerror(-error));
}
