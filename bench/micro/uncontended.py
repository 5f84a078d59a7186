#!/usr/bin/env python3
"""Prints what an uncontended pair costs by the count of its atomic
read-modify-writes, beside tas and pthread_spin.

usage: uncontended.py KSPIN [RUN]

Without RUN it measures one, which takes less than a minute and wants an idle
machine. A reading, and no test: a time is no reason to fail. `meson test
--benchmark` runs it.

An uncontended pair costs what its atomics cost: `/ RMW` is its time over as
many pairs of tas, and locks of one atomic should be within 10 % of tas. Those
marked + keep nodes beside the word, which costs something, too. `earlier` is
the ratio to pthread_spin that the same design had on an AMD Zen 3 when kspin
was planned: an atomic costs 3 ns there, and 8 ns on recent Intel servers,
where the call in pthread_spin hides behind it and every ratio is higher.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

TOLERANCE = 1.10

# A pair in ns; beside pthread_spin's 6.4 in the same runs.
EARLIER_SPIN = 6.4
EARLIER = {
    "executive/tas": 2.7, "executive/ttas": 2.7, "executive/backoff": 2.7,
    "executive/ticket": 2.7, "executive/ticket_backoff": 2.6,
    "executive/twa": 5.7, "executive/hemlock": 5.6,
    "executive/hemlock_ctr": 5.5, "executive/hemlock_overlap": 5.5,
    "executive/mcs": 6.5, "executive/clh": 5.5, "executive/k42": 5.6,
    "executive/qsl": 2.7, "executive/qspinlock": 8.8,
    "executive/reciprocating": 6.0, "executive/futex": 5.4,
    "queued/mcs": 5.3, "queued/clh": 4.0, "queued/clh_ack": 5.3,
    "queued/reciprocating_cas": 5.9, "queued/reciprocating": 6.3,
    "queued/cna": 6.9, "queued/ticket": 2.8, "peer/pthread_mutex": 11.5,
}


def measure(kspin, folder):
    subprocess.run([kspin, "bench", "--workloads", "uncontended", "--routines",
                    "dpc,native", "--rounds", "40", "--out", folder],
                   check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def costs(run):
    """{family/lock: (ns, half of its interval, clean trials)}, of the link
    class with the most clean trials."""
    best = {}
    with open(pathlib.Path(run) / "summary.csv", newline="") as file:
        for row in csv.DictReader(file):
            if (row["workload"], row["metric"]) != ("uncontended", "pair_ns"):
                continue
            if not row["median"] or row["routines"] == "raise":
                continue
            clean = int(row["n"])
            lock = f"{row['family']}/{row['lock']}"
            half = (float(row["ci_high"] or 0) - float(row["ci_low"] or 0)) / 2
            if clean >= best.get(lock, (0, 0, -1))[2]:
                best[lock] = (float(row["median"]), half, clean)
    return best


def line(lock, properties, cost, tas, spin):
    ns, half, clean = cost
    beside = properties["space"] not in ("0", "its own 4 B")
    atomics = properties["rmw_alone"]
    above = (atomics == "1" and not beside and ns > TOLERANCE * tas
             and properties["family"] != "peer")
    each = (f"{ns / tas / int(atomics):.2f}"
            if atomics.isdigit() and atomics != "0" else "-")
    earlier = f"{EARLIER[lock] / EARLIER_SPIN:.2f}" if lock in EARLIER else "-"
    return (f"{atomics + ('+' if beside else ''):>4} {lock:26} {ns:7.2f} "
            f"±{half:<5.2f} {clean:3} {ns / tas:7.2f} {each:>7} "
            f"{ns / spin:9.2f} {earlier:>8}"
            f"{'  more than 10 % above tas' if above else ''}")


def main():
    kspin = sys.argv[1]
    listed = subprocess.run([kspin, "list", "--json"], check=True,
                            stdout=subprocess.PIPE).stdout
    locks = {f"{lock['family']}/{lock['name']}": lock
             for lock in json.loads(listed)["locks"]}
    with tempfile.TemporaryDirectory() as scratch:
        run = sys.argv[2] if len(sys.argv) > 2 else f"{scratch}/run"
        if len(sys.argv) == 2:
            measure(kspin, run)
        cost = costs(run)
    tas, spin = cost["executive/tas"][0], cost["peer/pthread_spin"][0]
    print(f"{'RMW':>4} {'lock':26} {'ns':>7}        {'n':>3} {'/ tas':>7} "
          f"{'/ RMW':>7} {'/ pthread':>9} {'earlier':>8}")
    for lock in sorted(cost, key=lambda l: (locks[l]["rmw_alone"], cost[l])):
        print(line(lock, locks[lock], cost[lock], tas, spin))


main()
