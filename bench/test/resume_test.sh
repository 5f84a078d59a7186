#!/bin/sh
# A run that is killed, again and again, goes on until it is complete.
. "$(dirname "$0")/check.sh"

# Kills campaigns at 50 moments that the seed chooses: so many trials further
# and so many looks at the file later, or at any time from the start on, before
# there is a run and while it is summarised, too.
python3 - "$kspin" "$scratch" "$(nproc)" <<'PY' || fail "cannot go on"
import json, os, random, signal, subprocess, sys, time
kspin, scratch, cpus = sys.argv[1], sys.argv[2], int(sys.argv[3])
chosen = random.Random(7)
kills, campaign, early, late = 0, 0, 0, 0

# What is killed: cells that all get so many trials, or rest when they are
# known well enough. A histogram in each line of the second.
kinds = [
    "--workloads uncontended --locks ticket,none --rounds 3",
    "--workloads throughput --locks ticket --threads %d --rounds 3"
    % min(cpus, 2),
    "--workloads uncontended --locks ticket,none --ci 50 --budget 20",
]

def lines(path):
    try:
        return open(path, "rb").read().count(b"\n")
    except FileNotFoundError:
        return 0

def state(run_folder):
    try:
        return json.load(open(os.path.join(run_folder, "run.json")))["state"]
    except FileNotFoundError:
        return None

def kill_after_trials(process, run_folder):
    """So many further trials are stored, and so many looks later."""
    trials = os.path.join(run_folder, "trials.jsonl")
    wanted = lines(trials) + chosen.randrange(3)
    looks = chosen.randrange(200)
    while process.poll() is None and looks >= 0:
        if state(run_folder) and lines(trials) >= wanted:
            looks -= 1
    process.send_signal(signal.SIGKILL)

def kill_at_a_time(process, run_folder):
    try:
        process.wait(chosen.uniform(0, 1.2))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)

def run(command, run_folder, kill, tries=20):
    """Runs to its end, or until it is killed. Returns its status."""
    with open(os.path.join(scratch, "errors"), "wb+") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                   stderr=errors)
        if kill:
            kill(process, run_folder)
        status = process.wait()
        errors.seek(0)
        said = errors.read()
    busy = b"self-test fails now" in said or b"needs a clock" in said
    if status == 2 and busy and tries:
        return run(command, run_folder, kill, tries - 1)
    assert status in (0, -signal.SIGKILL), (command, status, said)
    return status

def check(folder, kind):
    """All of it is there, once, and every file can be read."""
    def path(name):
        return os.path.join(folder, name)
    record = json.load(open(path("run.json")))
    trials = [json.loads(line) for line in open(path("trials.jsonl"))]
    rounds = {}
    for t in trials:
        cell = t["workload"], t["family"], t["lock"], t["routines"], t["cpus"]
        rounds.setdefault(cell, []).append(t["round"])
    for of in rounds.values():
        assert sorted(of) == list(range(len(of))), (folder, rounds)
    if "precision" in record:
        cells = record["precision"]["cells"]
        spent = max(t["started_ns"] + t["duration_ns"] for t in trials)
        assert all(cell["narrow"] for cell in cells) or spent > 20e9, cells
    else:
        assert {len(of) for of in rounds.values()} == {3}, (folder, rounds)
    assert record["cells"] == len(rounds), (record["cells"], rounds)
    assert record["trials"] == len(trials), record["trials"]
    assert [t["sequence"] for t in trials] == list(range(len(trials)))
    with_spectrum = [t for t in trials if "acquire_histogram" in t]
    assert bool(with_spectrum) == ("throughput" in kind), len(with_spectrum)
    reports = json.load(open(path("benchmark.json")))["benchmarks"]
    names = {(b["name"], b["repetition_index"]) for b in reports}
    assert len(names) == len(reports) == len(trials), (len(names), len(trials))
    for name in "summary.csv", "histograms.csv":
        assert lines(path(name)) > 0, name
    assert not os.path.exists(path("benchmark.json.part"))

while kills < 50:
    folder = os.path.join(scratch, "run%d" % campaign)
    kind = kinds[campaign % len(kinds)]
    campaign += 1
    begin = [kspin, "bench", "--quick"] + kind.split() + [
        "--seed", str(campaign), "--out", folder]
    goal = kills + chosen.randrange(5, 12)
    while state(folder) != "complete":
        # Killed before anything was kept: begun anew.
        command = ([kspin, "bench", "--resume", folder] if state(folder)
                   else begin)
        kill = chosen.choice([kill_after_trials, kill_at_a_time])
        if run(command, folder, kill if kills < goal else None) != 0:
            kills += 1
            early += state(folder) is None
            late += state(folder) == "complete"
    check(folder, kind)
print("%d kills in %d campaigns, %d before there was a run, %d after it was "
      "complete" % (kills, campaign, early, late))
PY

run=$scratch/run0
refuses bench --resume "$run" -- --resume complete
refuses bench --resume "$run" --quick -- --resume 'no other option'
refuses bench --resume "$scratch/none" -- --resume "$scratch/none/run.json"

# As if it had been interrupted: on another machine, with another plan, with
# trials of other cells, in another boot.
tamper() { # PYTHON
  rm -rf "$scratch/other"
  cp -r "$run" "$scratch/other"
  python3 - "$scratch/other" "$1" <<'PY'
import json, sys
path = sys.argv[1] + "/run.json"
record = json.load(open(path))
record["state"] = "running"
trials = sys.argv[1] + "/trials.jsonl"
lines = open(trials).read().splitlines(True)
exec(sys.argv[2])
json.dump(record, open(path, "w"))
open(trials, "w").writelines(lines)
PY
}
tamper 'record["environment"]["hostname"] = "elsewhere"'
refuses bench --resume "$scratch/other" -- 'another machine' hostname
tamper 'record["topology"]["cpus"] = []'
refuses bench --resume "$scratch/other" -- 'other CPUs' topology
tamper 'record["options"]["locks"] = "ticket"'
refuses bench --resume "$scratch/other" -- 'other cells' digest
tamper 'lines = [l.replace("\"ticket\"", "\"tucket\"") for l in lines]'
refuses bench --resume "$scratch/other" -- 'not those of its plan'
tamper 'lines.append(lines[0])'
refuses bench --resume "$scratch/other" -- 'not those of its plan'
tamper 'del record["plan"]'
refuses bench --resume "$scratch/other" -- 'could not resume'
# Lines of an older kspin lack the axes that came later.
tamper 'record["boot"] = "before"; record["environment"]["kernel"] = "1.0"
for i, line in enumerate(lines):
    trial = json.loads(line)
    del trial["variant"]
    lines[i] = json.dumps(trial) + "\n"'
"$kspin" bench --resume "$scratch/other" >/dev/null 2>"$scratch/err" ||
  fail "resume in another boot: $(cat "$scratch/err")"
grep -q 'warning:.*kernel was "1.0"' "$scratch/err" || fail 'kernel: no warning'
grep -q 'warning:.*boot was "before"' "$scratch/err" ||
  fail 'boot: no warning'
grep -q '"changed"' "$scratch/other/run.json" ||
  fail 'run.json: no change noted'
exit $((failures > 0))
