#!/bin/sh
# Machines as text files, examined: every check's severity and value is what
# the list beside the machine says, and every complaint that files can cause
# occurs on one machine and not on another.
#   doctor_test.sh KSPIN FOLDER [--print]
folder=$2
print=${3-}
. "$(dirname "$0")/check.sh"

unpack() { # MACHINE.txt DIR
  awk -v top="$2" '
    function shell_safe(path) { return path ~ /^[-a-zA-Z0-9_\/.]+$/ }
    function begin(path, number) {
      gsub(/#/, number, path)
      path = top path
      if (!shell_safe(path)) exit 1
      parent = path
      sub(/\/[^\/]*$/, "", parent)
      system("mkdir -p " parent)
      printf "" >path
      return path
    }
    /^@ / { first = last = "#"; name = $2; begin(name, ""); next }
    /^@each / {
      first = $2; last = $3; name = $4
      for (i = first; i <= last; i++) begin(name, i)
      next
    }
    name == "" { next } # comments before the first file
    first == "#" { print >(top name); next }
    {
      for (i = first; i <= last; i++) {
        path = name
        line = $0
        gsub(/#/, i, path)
        gsub(/#/, i, line)
        print line >(top path)
      }
    }' "$1"
}

examine() { # MACHINE; leaves $scratch/MACHINE.found
  mkdir -p "$scratch/$1"
  unpack "$folder/$1.txt" "$scratch/$1" || fail "$1.txt: cannot be unpacked"
  "$kspin" doctor --json --root "$scratch/$1" >"$scratch/$1.json"
  status=$?
  python3 -c '
import json, sys
for c in json.load(open(sys.argv[1]))["checks"]:
    assert set(c) == {"name", "severity", "value", "meaning", "remedy"}, c
    assert c["meaning"] and c["remedy"], c
    assert (c["severity"] == "info") == (c["remedy"] == "nothing to do"), c
    print("%-4s %-16s %s" % (c["severity"], c["name"], c["value"]))
' "$scratch/$1.json" >"$scratch/$1.found" || fail "$1: no findings"
  fails=$(grep -c '^fail' "$scratch/$1.found")
  [ $status = $((fails > 0)) ] || fail "$1: $fails fail, but exit $status"
}

for machine in server guest container; do
  examine $machine
  if [ -n "$print" ]; then
    cat "$scratch/$machine.found" >"$folder/$machine.expected"
  else
    diff "$folder/$machine.expected" "$scratch/$machine.found" ||
      fail "$machine: other findings (<: expected)"
  fi
done

grep -q -e '^fail' -e '^warn' "$scratch/server.found" &&
  fail 'the server is good'

# What the program finds out itself is not in files; a unit test has it.
own='topology|clock_self_test|page_placement|links|clock_offset|hwloc'
cat "$scratch"/*.found | awk -v own="^($own)\$" '
  $2 ~ own { next }
  $1 != "info" { bad[$2] = 1 }
  $1 == "info" && $0 !~ /not readable/ { good[$2] = 1 }
  END { for (name in bad) if (!good[name]) print name ": is never good" }
' >"$scratch/lacking"
"$kspin" doctor --json --root "$scratch/guest" | python3 -c '
import json, re, sys
found = {c["name"]: c["severity"] for c in json.load(sys.stdin)["checks"]}
order = list(found)
bad = [i for i, name in enumerate(order) if found[name] != "info"]
own = re.compile("^(%s|cpus)$" % sys.argv[1])
for name in order[: max(bad) + 1]:
    if found[name] == "info" and not own.match(name):
        print(name + ": is never bad")
' "$own" >>"$scratch/lacking"
[ ! -s "$scratch/lacking" ] || fail "$(cat "$scratch/lacking")"

# Text: complaints with reason and remedy, the sum at the end.
"$kspin" doctor --root "$scratch/guest" >"$scratch/text"
[ $? = 1 ] || fail 'text: exit status'
grep -A2 '^fail  cpu_quota' "$scratch/text" | grep -q '^      mend: echo max' ||
  fail 'text: no remedy'
tail -n 1 "$scratch/text" | grep -q '^2 fail, [0-9]* warn: ' || fail 'no sum'
"$kspin" doctor --root "$scratch/server" | tail -n 1 |
  grep -q '^0 fail, 0 warn: fit to measure$' || fail 'the server is not fit'
"$kspin" doctor --root "$scratch/server" --threads 9 >"$scratch/text"
[ $? = 1 ] || fail '9 threads on 8 CPUs: exit status'
grep -q '^fail  cpus .*but 9 threads shall run' "$scratch/text" ||
  fail '9 threads on 8 CPUs: not seen'

# This machine, whatever it is: an answer, and nothing asked of the user.
"$kspin" doctor --json >"$scratch/this.json" 2>"$scratch/err"
[ $? -le 1 ] || fail 'this machine: exit status'
[ ! -s "$scratch/err" ] || fail "this machine: $(cat "$scratch/err")"
python3 -m json.tool "$scratch/this.json" >/dev/null || fail 'no JSON'
HWLOC_XMLFILE=/nowhere.xml "$kspin" doctor >"$scratch/text"
[ $? = 1 ] || fail 'HWLOC_XMLFILE: exit status'
grep -q '^fail  topology .*HWLOC_XMLFILE' "$scratch/text" ||
  fail 'HWLOC_XMLFILE: not seen'

HWLOC_COMPONENTS=x86 "$kspin" doctor >"$scratch/text"
grep -q '^warn  hwloc .*HWLOC_COMPONENTS is set' "$scratch/text" ||
  fail 'HWLOC_COMPONENTS: not seen'

"$kspin" doctor --audit >"$scratch/text"
[ $? -le 1 ] || fail '--audit: exit status'
[ "$(nproc)" = 1 ] || grep -q '^[a-z]*  links .* ns' "$scratch/text" ||
  fail "--audit: $(grep links "$scratch/text")"
# A guest is asked for its links unbidden.
if grep -q '^warn  guest' "$scratch/text" && [ "$(nproc)" -gt 1 ]; then
  "$kspin" doctor | grep -q '^[a-z]*  links .* ns' || fail 'guest: no audit'
fi

refuses doctor --threads 0 -- threads 0
refuses doctor --frob -- unknown --audit
refuses doctor now -- now
exit $((failures > 0))
