#!/bin/sh
# Shows that no_calls.sh catches each way of leaving a kernel, and that it is
# silent about a kernel that stays. Arguments: the C compiler, its options.
set -u
here=$(dirname "$0")
[ $# -gt 0 ] || set -- "${CC:-cc}"
command -v "${OBJDUMP:-objdump}" >/dev/null || exit 77
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
object=$scratch/kernel.o
failures=0

# A kernel that stays in itself, and one seed of each fault after it.
compile() { # SEED COMPILER...
  seed=$1
  shift
  "$@" -x c -O2 -fno-stack-protector -DSEED_"$seed" -c -o "$object" - <<'SOURCE'
extern int outside(int);
extern int (*pointer)(int);
#if defined SEED_helper_call || defined SEED_helper_jump
static __attribute__((noinline)) int helper(int x) {
  __asm__ volatile("");
  return x * 3 + 1;
}
#endif
#ifndef SEED_nothing
unsigned long kernel(unsigned long n, unsigned long *word) {
  unsigned long sum = 0;
  for (unsigned long i = 0; i < n; i++) {
    sum += __atomic_fetch_add(word, 1, __ATOMIC_ACQUIRE);
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) & 1)
      __asm__ volatile("nop");
    if (sum & 4)
      sum ^= n;
  }
  return sum;
}
#endif
#if defined SEED_call
int seed(int x) { return outside(x) + 1; }
#elif defined SEED_tail
int seed(int x) { return outside(x); }
#elif defined SEED_conditional
int seed(int x) { return x > 3 ? outside(x) : 4; }
#elif defined SEED_helper_call
int seed(int x) { return helper(x) + helper(x + 1); }
#elif defined SEED_helper_jump
int seed(int x) { return helper(x); }
#elif defined SEED_pointer_call
int seed(int x) { return pointer(x) + 1; }
#elif defined SEED_pointer_tail
int seed(int x) { return pointer(x); }
#elif defined SEED_system
void seed(void) {
#if defined __x86_64__
  __asm__ volatile("syscall");
#elif defined __aarch64__
  __asm__ volatile("svc #0");
#else
  __asm__ volatile("ecall");
#endif
}
#elif defined SEED_branch
void seed(void) {
#if defined __x86_64__
  __asm__ volatile("jne outside");
#elif defined __aarch64__
  __asm__ volatile("b.ne outside");
#else
  __asm__ volatile("bnez a0, outside");
#endif
}
#endif
SOURCE
}

expect() { # STATUS TEXT WHAT [ALLOWED]
  text=$("$here/no_calls.sh" "$object" "${4:-}" 2>&1)
  status=$?
  case $status:$text in
  "$1:"*"$2"*) return ;;
  esac
  echo "$3: status $status, expected $1 and '$2'; it said: $text"
  failures=$((failures + 1))
}

for seed in call tail conditional helper_call helper_jump pointer_call \
  pointer_tail system branch; do
  compile "$seed" "$@" || exit 2
  expect 1 ': seed: ' "$seed"
done

compile clean "$@" || exit 2
expect 0 '' 'a kernel that stays'
compile call "$@"
expect 0 '' 'an allowed call' 'out.*'
expect 1 ': seed: ' 'an allowed prefix' 'out'
compile pointer_call "$@"
expect 1 'indirect' 'a pointer, whatever is allowed' '.*'
compile nothing "$@"
expect 1 'nothing was disassembled' 'an empty object'
OBJDUMP=$scratch/none expect 77 '' 'no objdump'
[ $failures = 0 ]
