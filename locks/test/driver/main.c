/* Plays the system around the driver: interrupts and readers on several
 * threads; then, with libkspin-checked, one mistake a child, each of which has
 * to end it with the one line that says so. */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "locks/nt/kspin.h"
#include "locks/test/abort.h"
#include "locks/test/driver/plants.h"

enum { READERS = 3, INTERRUPTS = 500 };

static BYTES_EXTENSION extension;
static _Atomic int interrupts_over;

static void *interrupt(void *unused) {
  (void)unused;
  for (unsigned i = 0; i < INTERRUPTS; i++) {
    (void)NtSimInterrupt(&extension.Interrupt);
    if (i % 100 == 0)
      (void)BytesSetLimit(&extension, i + 100);
    sched_yield();
  }
  interrupts_over = 1;
  return NULL;
}

static void *read_all(void *unused) {
  (void)unused;
  for (;;) {
    int last = interrupts_over;
    if (BytesRead(&extension) == 0 && last)
      return NULL;
    sched_yield();
  }
}

/* @return whether all that arrived was read, or is known to be lost */
static int runs_clean(void) {
  pthread_t device, readers[READERS];
  BytesInitialize(&extension);
  pthread_create(&device, NULL, interrupt, NULL);
  for (unsigned i = 0; i < READERS; i++)
    pthread_create(&readers[i], NULL, read_all, NULL);
  pthread_join(device, NULL);
  for (unsigned i = 0; i < READERS; i++)
    pthread_join(readers[i], NULL);
  NtSimCancelIrp(&extension.Pending, BytesCancel);
  ULONGLONG total = extension.Total;
  BytesUnload(&extension);
  return total > 0 && total % 10 == 0 && total <= 10ull * INTERRUPTS &&
         KeGetCurrentIrql() == PASSIVE_LEVEL;
}

/* Runs the mistake in a child. @param said  what it wrote on stderr */
static int run_plant(const PLANT *plant, char *said, size_t size) {
  int ends[2], status = 0;
  if (pipe(ends) != 0)
    return 0;
  pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDERR_FILENO);
    expect_abort();
    alarm(20);
    BytesInitialize(&extension);
    plant->Run(&extension);
    _exit(0);
  }
  close(ends[1]);
  size_t length = 0;
  ssize_t n;
  while ((n = read(ends[0], said + length, size - 1 - length)) > 0)
    length += (size_t)n;
  said[length] = '\0';
  drop_emulators_line(said);
  close(ends[0]);
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static int is_caught(const PLANT *plant) {
  char said[2048], name[64];
  unsigned code = 0;
  unsigned long long first = 0;
  int aborted = run_plant(plant, said, sizeof said);
  int read =
      sscanf(said, "kspin: bug check 0x%X %63s (0x%llX", &code, name, &first);
  const char *end = strchr(said, '\n');
  int good = aborted && read == 3 && code == plant->Code &&
             (plant->First == 0 || first == plant->First) && end != NULL &&
             end[1] == '\0' && strstr(said, "called at") != NULL;
  if (!good)
    printf("%s: expected 0x%X(0x%X), it said: %s\n", plant->Name, plant->Code,
           plant->First, said);
  return good;
}

int main(void) {
  int wrong = 0;
  if (!runs_clean()) {
    printf("bytes were lost\n");
    wrong++;
  }
  for (const PLANT *p = Plants; kspin_is_checked() && p->Name != NULL; p++)
    wrong += !is_caught(p);
  return wrong != 0;
}
