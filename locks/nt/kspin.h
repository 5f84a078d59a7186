/* Which locks libkspin runs behind the NT names.
 *
 * One executive and one queued implementation serve the whole process: by
 * default the first of each list in locks/meson.build, else what the
 * environment variables KSPIN_EXECUTIVE and KSPIN_QUEUED name when the process
 * starts, else what kspin_choose() named before the first use. A wrong name in
 * the environment ends the process with one line on stderr and status 2:
 * nobody is there yet to take an error. */
#ifndef LOCKS_NT_KSPIN_H
#define LOCKS_NT_KSPIN_H

#ifdef __cplusplus
extern "C" {
#endif

#define KSPIN_PUBLIC __attribute__((visibility("default")))

/* Chooses the implementations; overrides the environment.
 * @param executive  name from the list, or null: leave as it is
 * @param queued     the same
 * @return 0; -EINVAL when either name is unknown; -EBUSY when a lock has been
 *         used, since the words in use are in the old encoding. On an error
 *         neither changes. */
KSPIN_PUBLIC int kspin_choose(const char *executive, const char *queued);

/* @return the name of the implementation chosen so far */
KSPIN_PUBLIC const char *kspin_executive_name(void);
KSPIN_PUBLIC const char *kspin_queued_name(void);

/* @param i  0, 1, ...
 * @return the i-th name that can be chosen, or null when there are no more */
KSPIN_PUBLIC const char *kspin_executive_choice(unsigned i);
KSPIN_PUBLIC const char *kspin_queued_choice(unsigned i);

#ifdef __cplusplus
}
#endif

#endif
