#!/bin/sh
# Shows that each check can fail: plants one fault at a time in a small good
# tree, and expects the complaint; then, that the good tree has none.
set -u
checks=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2

fail() { echo "$*" | tee -a failures; }

good_tree() {
  rm -rf tree
  mkdir -p tree/locks/executive tree/bench
  echo '[the lock](locks/executive/good.h) [top](https://example.org)' \
    >tree/README.md
  cat >tree/bench/main.c <<'SOURCE'
#include <stdio.h>
#include <wdm.h>
#include "locks/executive/good.h"
#include "results/store.h"
int main(int argc,
         char **argv) {
  return argc + !argv;
}
SOURCE
  cat >tree/locks/executive/good.h <<'SOURCE'
/* A1 meets R1: without it a holder could read what was before. */
#ifndef GOOD_H
#define GOOD_H
#include <stdatomic.h>
static inline void good_acquire(_Atomic int *word) {
  /* A1, the order of the exchange */
  while (atomic_exchange_explicit(word, 1,
                                  memory_order_acquire))
    ;
}
static inline void good_release(_Atomic int *word) {
  atomic_store_explicit(word, 0, memory_order_release); /* R1 */
}
#endif
SOURCE
  printf '#ifndef PLAIN_H\n#define PLAIN_H\n/* See README.md. */\n#endif\n' \
    >tree/locks/plain.h
  mkdir tree/topology tree/results
  echo '#include "topology/own.h"' >tree/topology/own.c
  echo '#include "results/own.h"' >tree/results/own.c
  echo '#include "locks/plain.h"' >tree/locks/own.c
  printf '#!/bin/sh\nexit 0\n' >tree/kspin
  chmod +x tree/kspin
}

run() { # CHECK; leaves its words in $said, its status in $status
  said=$("$checks/$1.sh" tree 2>&1)
  status=$?
}

silent() { # CHECK [WHAT]
  run "$1"
  [ "$status" = 0 ] && [ -z "$said" ] && return
  fail "$1 complains about ${2:-a good tree} (status $status): $said"
}

# Plants the text that is read at the end of a file.
caught() { # CHECK PATH COMPLAINT
  good_tree
  mkdir -p "tree/$(dirname "$2")"
  cat >>"tree/$2"
  run "$1"
  case $status:$said in
  "1:"*"$2:"*"$3"*) return ;;
  esac
  fail "$1 missed '$3' in $2 (status $status): $said"
}

repeat() { awk -v n="$1" -v text="$2" 'BEGIN { while (n--) print text }'; }

good_tree
for check in rooms headers layout sizes atomics words shell; do
  silent "$check"
done

# rooms
echo '#include "bench/clock.h"' | caught rooms results/a.c 'must not know bench'
echo '#include <locks/a.h>' | caught rooms topology/a.h 'must not know locks'
echo '# include "results/a.h"' | caught rooms locks/a.h 'must not know results'
echo '#include <wdm.h>' | caught rooms results/a.c 'must not know locks'
echo '#include "plan.h"' | caught rooms bench/a.c 'write includes from the top'
echo '#include "../a.h"' | caught rooms bench/a.c 'write includes from the top'
echo 'int a;' | caught rooms bench/a.cpp 'C++ belongs'
echo 'int a;' | caught rooms plots/a.c 'plots hold no C'
echo 'int a;' | caught rooms tools/a.c 'belongs into one of the rooms'
echo 'int a;' | caught rooms a.h 'belongs into one of the rooms'

# headers
echo 'uint8_t a;' | caught headers locks/a.h 'does not compile alone'
echo 'struct a { int b; };' | caught headers locks/a.h 'does not compile alone'
echo 'static int a(void);' | caught headers locks/a.h 'does not compile alone'

# layout
printf 'int a; /* %070d */\n' 0 | caught layout bench/a.c '83 columns'
printf 'int\ta;\n' | caught layout bench/a.c 'a tab'
printf 'int a; \n' | caught layout bench/a.c 'blanks'
printf 'int a;\r\n' | caught layout bench/a.c 'carriage'
printf '# %080d\n' 0 | caught layout kspin 'columns'

# sizes
repeat 301 'int a;' | caught sizes bench/a.c 'two ideas'
{
  echo 'int f(int a) {'
  repeat 59 '  a++;'
  echo '}'
} | caught sizes bench/a.c 'a function of 61'
{
  printf 'int f(int a,\n      int b) {\n'
  repeat 59 '  a++;'
  echo '}'
} | caught sizes bench/a.c 'a function of 61'
{
  echo 'int f(int a) {'
  repeat 29 '  a++;'
  echo '  if (f(a)) {'
  repeat 30 '  a++;'
  echo '}'
} | caught sizes bench/a.c 'a function of 62'
{
  echo 'f() { # A'
  repeat 59 '  echo'
  echo '}'
} | caught sizes kspin 'a function of 61'

# atomics
header=locks/executive/good.h
store='atomic_store_explicit(a, 0, memory_order_'
echo 'atomic_thread_fence(memory_order_relaxed);' |
  caught atomics $header 'a fence'
echo '__sync_synchronize();' | caught atomics $header 'a fence'
echo 'x = atomic_load(a);' | caught atomics $header 'without an explicit order'
echo 'volatile int a;' | caught atomics $header 'volatile'
echo "${store}release);" | caught atomics $header 'without its label R<n>'
echo 'f(memory_order_acquire);' |
  caught atomics $header 'without its label A<n>'
echo 'f(memory_order_acq_rel); /* A1 */' |
  caught atomics $header 'without its label R<n>'
echo "${store}release); /* R2 */" | caught atomics $header 'R2 is not explained'
printf 'f() {\n g(memory_order_release); /* R1 */\n%s\n}' "${store}release);" |
  caught atomics $header '17: a release without its label R<n>'
for other in locks/executive/other.h locks/the_last.h; do
  echo "${store}release); /* R1 of another file */" |
    caught atomics $other 'R1 is not explained'
done
echo "${store}seq_cst);" | caught atomics $header 'seq_cst without a sentence'

# words: composed, so that this file does not hold them
echo "/* TO""DO: later */" | caught words bench/a.c 'must not stay'
echo "cd /wo""rk/main" | caught words docs/a.md 'must not stay'
echo '[gone](locks/gone.h)' | caught words README.md 'links to locks/gone.h'
echo '[gone](../gone.md)' | caught words docs/a.md 'links to ../gone.md'
echo '/* rules.md 3 has it */' | caught words bench/a.c 'refers to rules'
echo '/* see issue 3 */' | caught words bench/a.c 'refers to issue 3'

# shell
printf '#!/bin/sh\nif true; then\n' | caught shell .ci/broken.sh 'end of file'
good_tree
chmod -x tree/kspin
run shell
case $status:$said in
1:*'is not executable'*) ;;
*) fail "shell missed a script that may not be run: $said" ;;
esac

# An empty tree is a fault of the check, or it would pass for ever.
rm -rf tree && mkdir tree
for check in rooms headers layout sizes atomics; do
  run "$check"
  [ "$status" != 0 ] || fail "$check passes on an empty tree"
done

# What looks like a fault and is none.
good_tree
cat >>tree/$header <<'SOURCE'
/* 80 columns: αααααααααααααααααααααααααααααααααααααααααααααααααααααααααααααα */
/* a long address: https://example.org/0123456789/0123456789/0123456789/012345 */
static inline void pause_now(void) { __asm__ volatile("pause"); }
/* seq_cst because two words must be seen in one order */
static inline int no_partner(const _Atomic int *a, const volatile void *b) {
  (void)b;
  /* A7 keeps the reads in order; it pairs with no release. */
  return atomic_load_explicit(a, memory_order_acquire);
}
static inline void store_all(_Atomic int *word) {
  /* seq_cst, so that both threads see one order of the two words */
  atomic_store_explicit(word, 0, memory_order_seq_cst);
}
SOURCE
for check in layout atomics words; do
  silent "$check" 'something allowed'
done
good_tree
printf '/* A template.\n * The includer defines NAME. */\nint NAME(TYPE);\n' \
  >tree/locks/template.h
silent headers 'a template'

[ ! -e failures ]
