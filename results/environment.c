/* The table of what is known about machine and build, and its few readers. */
#include "results/environment.h"
#include "results/build.h"
#include "results/cgroup.h"
#include "results/emulation.h"
#include "results/revision.h"
#include "results/sysfile.h"

#include <dirent.h>
#include <gnu/libc-version.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static json_t *text(const char *path, const char *cpuinfo) {
  (void)cpuinfo;
  return results_sysfile_string(path);
}

static json_t *integer(const char *path, const char *cpuinfo) {
  (void)cpuinfo;
  return results_sysfile_integer(path);
}

static json_t *yes_or_no(const char *path, const char *cpuinfo) {
  (void)cpuinfo;
  return results_sysfile_bool(path, true);
}

static json_t *choice(const char *path, const char *cpuinfo) {
  (void)cpuinfo;
  return results_sysfile_choice(path);
}

static json_t *constant(const char *value, const char *cpuinfo) {
  (void)cpuinfo;
  return json_string(value);
}

/* @param keys  "KEY" or "KEY|OTHER": x86 and Arm name the same differently */
static json_t *cpu(const char *keys, const char *cpuinfo) {
  char key[64];
  snprintf(key, sizeof key, "%s", keys);
  char *other = strchr(key, '|');
  if (other)
    *other++ = '\0';
  json_t *value = results_sysfile_key(cpuinfo, key, ':');
  return value || !other ? value : results_sysfile_key(cpuinfo, other, ':');
}

static json_t *hostname(const char *what, const char *cpuinfo) {
  struct utsname name;
  (void)what, (void)cpuinfo;
  return uname(&name) ? NULL : json_string(name.nodename);
}

static json_t *kernel(const char *what, const char *cpuinfo) {
  struct utsname name;
  (void)what, (void)cpuinfo;
  return uname(&name) ? NULL : json_string(name.release);
}

static json_t *architecture(const char *what, const char *cpuinfo) {
  struct utsname name;
  (void)what, (void)cpuinfo;
  return uname(&name) ? NULL : json_string(name.machine);
}

static json_t *os(const char *path, const char *cpuinfo) {
  char release[4096];
  (void)cpuinfo;
  return results_sysfile_read(path, release, sizeof release)
             ? results_sysfile_key(release, "PRETTY_NAME", '=')
             : NULL;
}

static json_t *cpus_online(const char *what, const char *cpuinfo) {
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  (void)what, (void)cpuinfo;
  return count > 0 ? json_integer(count) : NULL;
}

/* Two drivers say it in opposite words. */
static json_t *boost(const char *what, const char *cpuinfo) {
  json_t *on =
      results_sysfile_bool("/sys/devices/system/cpu/cpufreq/boost", true);
  (void)what, (void)cpuinfo;
  return on ? on
            : results_sysfile_bool(
                  "/sys/devices/system/cpu/intel_pstate/no_turbo", false);
}

/* Says whether `flag` is among the CPU's flags; only x86 lists this one. */
static json_t *guest(const char *flag, const char *cpuinfo) {
  json_t *flags = results_sysfile_key(cpuinfo, "flags", ':');
  json_t *answer = NULL;
  if (flags) {
    char *copy = strdup(json_string_value(flags)), *rest;
    const char *word = copy ? strtok_r(copy, " ", &rest) : NULL;
    while (word && strcmp(word, flag) != 0)
      word = strtok_r(NULL, " ", &rest);
    answer = copy ? json_boolean(word != NULL) : NULL;
    free(copy);
  }
  json_decref(flags);
  return answer;
}

/* The DMI vendor of a guest is its hypervisor's; bare metal's is the maker of
 * the computer, which is not asked for here. */
static json_t *hypervisor(const char *flag, const char *cpuinfo) {
  json_t *type = results_sysfile_string("/sys/hypervisor/type");
  json_t *is_guest = guest(flag, cpuinfo);
  if (!type && json_is_true(is_guest))
    type = results_sysfile_string("/sys/class/dmi/id/sys_vendor");
  json_decref(is_guest);
  return type;
}

static json_t *emulated(const char *what, const char *cpuinfo) {
  const int answer = results_emulated();
  (void)what, (void)cpuinfo;
  return answer < 0 ? NULL : json_boolean(answer);
}

static int is_visible(const struct dirent *entry) {
  return entry->d_name[0] != '.';
}

static json_t *mitigations(const char *folder, const char *cpuinfo) {
  struct dirent **entries;
  (void)cpuinfo;
  const int count = scandir(folder, &entries, is_visible, alphasort);
  if (count < 0)
    return NULL;
  json_t *object = json_object();
  for (int i = 0; i < count; i++) {
    char path[PATH_MAX], state[256];
    snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
    if (results_sysfile_read(path, state, sizeof state) &&
        strcmp(state, "Not affected") != 0)
      json_object_set_new(object, entries[i]->d_name, json_string(state));
    free(entries[i]);
  }
  free(entries);
  return object;
}

static json_t *cgroup_cpu_max(const char *what, const char *cpuinfo) {
  (void)what, (void)cpuinfo;
  return results_cgroup_cpu_max("");
}

static json_t *load_average(const char *what, const char *cpuinfo) {
  double load[3];
  (void)what, (void)cpuinfo;
  return getloadavg(load, 3) == 3
             ? json_pack("[f, f, f]", load[0], load[1], load[2])
             : NULL;
}

static json_t *glibc(const char *what, const char *cpuinfo) {
  (void)what, (void)cpuinfo;
  return json_string(gnu_get_libc_version());
}

static json_t *revision(const char *what, const char *cpuinfo) {
  (void)cpuinfo;
  return strcmp(what, "unknown") == 0 ? NULL : json_string(what);
}

#define CPU_FOLDER "/sys/devices/system/cpu/"

const struct results_environment_key results_environment_keys[] = {
    {"hostname", "the machine's name", hostname, NULL},
    {"os", "the distribution's own name", os, "/etc/os-release"},
    {"kernel", "release of the kernel", kernel, NULL},
    {"kernel_build", "build of the kernel", text, "/proc/sys/kernel/version"},
    {"kernel_command_line", "as booted", text, "/proc/cmdline"},
    {"architecture", "as uname says it", architecture, NULL},
    {"cpu_model", "name of the first CPU", cpu, "model name|Model"},
    {"cpu_vendor", "vendor, or Arm implementer", cpu,
     "vendor_id|CPU implementer"},
    {"cpu_family", "family, or Arm architecture", cpu,
     "cpu family|CPU architecture"},
    {"cpu_part", "model number, or Arm part", cpu, "model|CPU part"},
    {"cpu_stepping", "stepping, or Arm revision", cpu, "stepping|CPU revision"},
    {"microcode", "revision of the microcode", cpu, "microcode"},
    {"cpus_online", "logical CPUs in use", cpus_online, NULL},
    {"smt", "whether sibling threads are on", yes_or_no,
     CPU_FOLDER "smt/active"},
    {"governor", "frequency governor of CPU 0", text,
     CPU_FOLDER "cpu0/cpufreq/scaling_governor"},
    {"frequency_driver", "of CPU 0", text,
     CPU_FOLDER "cpu0/cpufreq/scaling_driver"},
    {"boost", "whether frequencies above the nominal are on", boost, NULL},
    {"guest", "whether the CPU says that it is virtual (x86)", guest,
     "hypervisor"},
    {"hypervisor", "whose guest it is", hypervisor, "hypervisor"},
    {"emulated", "whether the CPU is a program (QEMU's TCG)", emulated, NULL},
    {"transparent_hugepages", "always, madvise or never", choice,
     "/sys/kernel/mm/transparent_hugepage/enabled"},
    {"aslr", "kernel.randomize_va_space", integer,
     "/proc/sys/kernel/randomize_va_space"},
    {"numa_balancing", "kernel.numa_balancing", integer,
     "/proc/sys/kernel/numa_balancing"},
    {"clocksource", "the clock that the kernel trusts", text,
     "/sys/devices/system/clocksource/clocksource0/current_clocksource"},
    {"isolated_cpus", "CPUs kept from the scheduler", text,
     CPU_FOLDER "isolated"},
    {"cgroup_cpu_max", "tightest quota and period in microseconds, or max",
     cgroup_cpu_max, NULL},
    {"mitigations", "what the kernel does about each flaw of the CPU",
     mitigations, CPU_FOLDER "vulnerabilities"},
    {"load_average", "over 1, 5 and 15 minutes, at the start", load_average,
     NULL},
    {"glibc", "version of the C library", glibc, NULL},
    {"version", "of kspin", constant, RESULTS_BUILD_VERSION},
    {"revision", "of the checkout that was built", revision, RESULTS_REVISION},
    {"compiler", "that built it", constant, RESULTS_BUILD_COMPILER},
    {"build_type", "as meson names it", constant, RESULTS_BUILD_TYPE},
    {"build_flags", "options that change the code", constant,
     RESULTS_BUILD_FLAGS},
    {0},
};

/* The first CPU's part: on a large machine the whole file is long. */
static void read_cpuinfo(char *cpuinfo, size_t size) {
  if (!results_sysfile_read("/proc/cpuinfo", cpuinfo, size))
    *cpuinfo = '\0';
  char *end = strstr(cpuinfo, "\n\n");
  if (end)
    *end = '\0';
}

json_t *results_environment(void) {
  char cpuinfo[16384];
  json_t *object = json_object();
  read_cpuinfo(cpuinfo, sizeof cpuinfo);
  for (const struct results_environment_key *key = results_environment_keys;
       key->name; key++) {
    json_t *value = key->read(key->what, cpuinfo);
    if (json_object_set_new(object, key->name, value ? value : json_null())) {
      json_decref(object);
      return NULL;
    }
  }
  return object;
}
