/* Which locks libkspin runs behind the NT names.
 *
 * One implementation of each family (executive, queued, reader/writer) serves
 * the whole process: by default the first of its list in locks/meson.build,
 * else what the environment variable KSPIN_EXECUTIVE, KSPIN_QUEUED or
 * KSPIN_READER names when the process starts, else what kspin_choose() named
 * before the first use. A wrong name in
 * the environment ends the process with one line on stderr and status 2:
 * nobody is there yet to take an error. */
#ifndef LOCKS_NT_KSPIN_H
#define LOCKS_NT_KSPIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KSPIN_PUBLIC __attribute__((visibility("default")))

/* Chooses the implementations; overrides the environment.
 * @param executive  name from the list, or null: leave as it is
 * @param queued     the same
 * @param reader     the same
 * @return 0; -EINVAL when a name is unknown; -EBUSY when a lock has been
 *         used, since the words in use are in the old encoding. On an error
 *         none changes. */
KSPIN_PUBLIC int kspin_choose(const char *executive, const char *queued,
                              const char *reader);

/* @return the name of the implementation chosen so far */
KSPIN_PUBLIC const char *kspin_executive_name(void);
KSPIN_PUBLIC const char *kspin_queued_name(void);
KSPIN_PUBLIC const char *kspin_reader_name(void);

/* @param i  0, 1, ...
 * @return the i-th name that can be chosen, or null when there are no more */
KSPIN_PUBLIC const char *kspin_executive_choice(unsigned i);
KSPIN_PUBLIC const char *kspin_queued_choice(unsigned i);
KSPIN_PUBLIC const char *kspin_reader_choice(unsigned i);

/* Where pages and kernels differ: bits for kspin_set_profile(). The default,
 * 0, follows the pages (locks/nt/routines.h has the choices). */
#define KSPIN_PROFILE_FORDPC_KERNEL 1u  /* choice 1 */
#define KSPIN_PROFILE_STRICT 2u         /* choice 2, checked mode only */
#define KSPIN_PROFILE_CONVERT_DRAINS 4u /* choice 3 */

/* Sets the profile; call it while no other thread uses locks.
 * @return the profile before */
KSPIN_PUBLIC unsigned kspin_set_profile(unsigned bits);

/* Checked mode: libkspin-checked, linked instead of libkspin.
 *
 * Each misuse of nt-api.md 4.3 that a process can see is handed to a handler,
 * which may return, end the process or jump away. When it returns, the call is
 * carried out as a free kernel would; a call that would hang on itself or
 * corrupt the lock has no effect instead. In libkspin the handler is kept, and
 * never called. */
struct kspin_bug_check {
  uint32_t code;                    /* 0xC4, ... */
  const char *name;                 /* DRIVER_VERIFIER_DETECTED_VIOLATION */
  const char *text;                 /* what was done */
  unsigned row;                     /* of nt-api.md 4.3 */
  unsigned irql;                    /* at the call */
  unsigned long long parameters[4]; /* as Windows has them, or ours */
  const volatile void *lock;        /* or null */
  const char *routine;              /* that was called, */
  const void *caller;               /* from there */
  const char *other_routine;        /* the earlier call that it clashes with, */
  const void *other_caller;         /* or null */
};

typedef void kspin_bug_check_handler(const struct kspin_bug_check *check,
                                     void *context);

/* Sets the handler; null: kspin_bug_check_abort. Any thread may run it. */
KSPIN_PUBLIC void kspin_on_bug_check(kspin_bug_check_handler *handler,
                                     void *context);

/* The default: prints one line on stderr and aborts. */
KSPIN_PUBLIC void kspin_bug_check_abort(const struct kspin_bug_check *check,
                                        void *context);

/* Writes the line of the default handler. @return as snprintf() */
KSPIN_PUBLIC int kspin_bug_check_format(const struct kspin_bug_check *check,
                                        char *text, size_t size);

/* @return 1 in libkspin-checked, 0 in libkspin */
KSPIN_PUBLIC int kspin_is_checked(void);

/* How long a lock may be held: 25 us from Windows' guidance. Longer holds are
 * counted, and reported (0x133) if `report` is not 0. Checked mode only.
 * @return the limit before, in ns */
KSPIN_PUBLIC unsigned long long kspin_set_hold_limit_ns(unsigned long long ns,
                                                        int report);

/* @return how many holds were longer so far */
KSPIN_PUBLIC unsigned long long kspin_long_holds(void);

#ifdef __cplusplus
}
#endif

#endif
