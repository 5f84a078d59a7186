/* Homes in words: read from the user, written for results and errors. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology/memory.h"

static const struct {
  const char *name;
  int home;
} words[] = {{"first", TOPOLOGY_HOME_FIRST},
             {"interleave", TOPOLOGY_HOME_INTERLEAVE},
             {"remote", TOPOLOGY_HOME_REMOTE},
             {"third", TOPOLOGY_HOME_THIRD},
             {"local", TOPOLOGY_HOME_FIRST}}; /* the same in other words */

enum { WORDS = sizeof words / sizeof *words };

static int unknown_home(const struct topology_machine *m, const char *text,
                        char *why, size_t why_size) {
  char *nodes = NULL;
  size_t size;
  FILE *out = open_memstream(&nodes, &size);
  if (!out)
    return -ENOMEM;
  for (size_t i = 0; i < topology_node_count(m); i++)
    fprintf(out, " %u", topology_node_at(m, i)->os);
  for (size_t i = 0; i < WORDS; i++)
    fprintf(out, " %s", words[i].name);
  if (fclose(out)) {
    free(nodes);
    return -ENOMEM;
  }
  snprintf(why, why_size, "home '%s': no such home; it should be one of%s",
           text, nodes);
  free(nodes);
  return -EINVAL;
}

int topology_home_parse(const struct topology_machine *m, const char *text,
                        int *out, char *why, size_t why_size) {
  char name[TOPOLOGY_HOME_NAME_SIZE];
  for (size_t i = 0; i < topology_node_count(m) + WORDS; i++) {
    int home =
        i < WORDS ? words[i].home : (int)topology_node_at(m, i - WORDS)->os;
    topology_home_name(home, name, sizeof name);
    if (!strcmp(i < WORDS ? words[i].name : name, text)) {
      *out = home;
      return 0;
    }
  }
  return unknown_home(m, text, why, why_size);
}

void topology_home_name(int home, char *text, size_t size) {
  for (size_t i = 0; i < WORDS; i++)
    if (words[i].home == home) {
      snprintf(text, size, "%s", words[i].name);
      return;
    }
  snprintf(text, size, "%d", home);
}

void topology_memory_why(int error, int home, char *why, size_t why_size) {
  char name[TOPOLOGY_HOME_NAME_SIZE];
  topology_home_name(home, name, sizeof name);
  const char *reason =
      error == -ENOTSUP ? "the machine is not this one; it should be opened "
                          "without a synthetic or XML source"
      : error == -ENODEV
          ? "no such node with memory that is allowed; it should be one that "
            "`kspin topology` shows, or first"
      : error == -EXDEV ? "a page lies on another node; the node should have "
                          "that much free memory"
      : error == -EPERM || error == -ENOSYS
          ? "the kernel or the container refuses mbind or move_pages; it "
            "should allow them (Docker: --cap-add SYS_NICE), or the home be "
            "first"
          : strerror(-error);
  snprintf(why, why_size, "home %s: %s", name, reason);
}
