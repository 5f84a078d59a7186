#!/bin/sh
# A run that is killed, again and again, goes on until it is complete.
. "$(dirname "$0")/check.sh"

# Kills campaigns at 50 moments that the seed chooses: so many trials further,
# and so many looks at the file later.
python3 - "$kspin" "$scratch" <<'PY' || fail "killed runs do not go on"
import json, os, random, signal, subprocess, sys
kspin, scratch = sys.argv[1:]
chosen = random.Random(7)
rounds, kills, campaign, cells = 3, 0, 0, None

def lines(path):
    try:
        return open(path, "rb").read().count(b"\n")
    except FileNotFoundError:
        return 0

def run(command, run_folder, more):
    """Runs until `more` further trials are stored and kills it then;
    None: to its end. Returns its status."""
    trials = os.path.join(run_folder, "trials.jsonl")
    header = os.path.join(run_folder, "run.json")
    wanted = None if more is None else lines(trials) + more
    looks = chosen.randrange(200)
    errors = open(os.path.join(scratch, "errors"), "wb+")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                               stderr=errors)
    while wanted is not None and process.poll() is None:
        if os.path.exists(header) and lines(trials) >= wanted:
            looks -= 1
            if looks < 0:
                process.send_signal(signal.SIGKILL)
                break
    status = process.wait()
    errors.seek(0)
    said = errors.read()
    if status == 2 and b"self-test fails now" in said:
        return run(command, run_folder, more) # a busy machine: try again
    assert status in (0, -signal.SIGKILL), (status, said)
    return status

while kills < 50:
    folder = os.path.join(scratch, "run%d" % campaign)
    campaign += 1
    command = [kspin, "bench", "--workloads", "uncontended", "--locks",
               "ticket,none", "--rounds", str(rounds), "--seed",
               str(campaign), "--out", folder]
    for kill in range(chosen.randrange(5, 12)):
        if run(command, folder, chosen.randrange(0, 3)) == 0:
            break
        kills += 1
        command = [kspin, "bench", "--resume", folder]
    else:
        assert run(command, folder, None) == 0
    record = json.load(open(os.path.join(folder, "run.json")))
    assert record["state"] == "complete", record["state"]
    trials = [json.loads(line)
              for line in open(os.path.join(folder, "trials.jsonl"))]
    done = [(t["family"], t["lock"], t["routines"], t["cpus"], t["round"])
            for t in trials]
    assert len(done) == len(set(done)), "a trial is there twice"
    counts = {}
    for one in done:
        counts[one[:-1]] = counts.get(one[:-1], 0) + 1
    assert set(counts.values()) == {rounds}, counts
    assert cells in (None, len(counts)), (cells, len(counts))
    cells = len(counts)
    assert record["trials"] == len(done) == rounds * cells, record["trials"]
    assert [t["sequence"] for t in trials] == list(range(len(done)))
    reports = json.load(open(os.path.join(folder, "benchmark.json")))
    names = [(b["name"], b["repetition_index"]) for b in reports["benchmarks"]]
    assert len(names) == len(set(names)) == len(done), (len(names), len(done))
    for name in "summary.csv", "histograms.csv":
        assert lines(os.path.join(folder, name)) > 0, name
    assert not os.path.exists(os.path.join(folder, "benchmark.json.part"))
print("%d kills in %d campaigns of %d cells" % (kills, campaign, cells))
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
