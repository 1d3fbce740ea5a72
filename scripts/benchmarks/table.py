#!/usr/bin/env python3
"""Runs every measurement and its reference in turn, round after round, and prints medians with their range.

A machine that does other work slows both sides of a round alike, so ratios are taken within a round; only they should
be compared between machines or days.
"""
import argparse
import json
import os
import statistics
import sys
import tempfile
import time

import levers

WORKFLOW = "Workflows/wf-02-cq-social-general.yaml"
PROJECT = "Fixtures/projects/wf-02.yaml"
CALENDAR = "Workflows/calendars/cn.yaml"


class Run:
    """One command: how long it took, what it printed and the most memory it held."""

    def __init__(self, command):
        with tempfile.TemporaryFile() as out:
            begin = time.perf_counter()
            pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[
                (os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)])
            _, status, usage = os.wait4(pid, 0)
            self.milliseconds = (time.perf_counter() - begin) * 1000
            self.cpu_milliseconds = (usage.ru_utime + usage.ru_stime) * 1000
            self.mebibytes = usage.ru_maxrss / 1024
            self.status = os.waitstatus_to_exitcode(status)
            out.seek(0)
            self.output = out.read().decode(errors="replace")

    def figures(self):
        if self.status != 0:
            raise SystemExit(f"a benchmark failed:\n{self.output}")
        return json.loads(self.output.splitlines()[-1])


def number(value):
    if value >= 10_000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3g}"


def spread(values):
    """The median and, in brackets, the least and the greatest."""
    if len(values) == 1:
        return number(values[0])
    return f"{number(statistics.median(values))} ({number(min(values))}–{number(max(values))})"


def row(name, values, unit, reference=None, label="", note=""):
    ratio = ""
    if reference:
        ratio = f"{spread([a / b for a, b in zip(values, reference)])} × {label}"
    print(f"| {name} | {spread(values)} {unit} | {ratio} | {note} |", flush=True)


class Bench:
    def __init__(self, options):
        self.rounds, self.scratch, self.options = options.rounds, options.scratch, options
        self.binglian = os.path.join(options.binaries, "binglian")
        self.bench = os.path.join(options.binaries, "binglian-bench")

    def rounds_of(self, *runs):
        """One column of results for each run; the runs take turns."""
        results = [[run() for run in runs] for _ in range(self.rounds)]
        return list(zip(*results))

    def wall(self, *command, times=5, status=0):
        """The best of a few: what the command needs when nothing comes between."""
        def measure():
            runs = [Run(list(command)) for _ in range(times)]
            for run in runs:
                if run.status != status:
                    raise SystemExit(f"{' '.join(command)} ended with {run.status}:\n{run.output}")
            return min(runs, key=lambda run: run.milliseconds)
        return measure

    def figure(self, *command):
        return lambda: Run(list(command)).figures()

    def process(self):
        nothing, version, check, plan = self.rounds_of(
            self.wall("/bin/true"), self.wall(self.binglian, "--version"),
            self.wall(self.binglian, "check", WORKFLOW),
            self.wall(self.binglian, "plan", WORKFLOW, "--facts", PROJECT, "--start", "2024-03-01", "--format", "json"))
        floor = [run.milliseconds for run in nothing]
        for name, runs, goal in [("`--version`", version, "< 20 ms"), ("`check` of WF-02", check, ""),
                                 ("`plan` of WF-02 as JSON", plan, "< 50 ms")]:
            cpu = statistics.median(run.cpu_milliseconds for run in runs)
            peak = max(run.mebibytes for run in runs)
            note = f"{number(cpu)} ms of CPU, {number(peak)} MiB" + (f"; goal {goal}" if goal else "")
            row(name, [run.milliseconds for run in runs], "ms", floor, "/bin/true", note)

    def stages(self):
        file = os.path.join(self.scratch, "stages.db")
        floor = ["python3", "scripts/benchmarks/floor.py"]

        def ours(*flags):
            def measure():
                for suffix in ("", "-wal", "-shm"):
                    if os.path.exists(file + suffix):
                        os.remove(file + suffix)
                return Run([self.bench, "stages", "--store", file, *flags]).figures()
            return measure

        columns = self.rounds_of(
            ours(), self.figure(*floor, "batching", file), ours("--one-by-one"),
            self.figure(*floor, "batching", file, "--one-by-one"), self.figure(*floor, "raw", file),
            self.figure(*floor, "rows", file), self.figure(self.bench, "stages"))
        together, batching, single, batching_single, raw, rows, memory = (
            [result["completionsPerSecond"] for result in column] for column in columns)
        row("stages, six completions together", together, "/s", batching, "batching", "goal ≥ 0.7")
        row("stages, one by one", single, "/s", batching_single, "batching one by one", "goal ≥ 0.7")
        row("… together, their events", [r["eventsPerSecond"] for r in columns[0]], "/s",
            [rate * 28 / 24 for rate in batching], "batching's events", "82 events a case; batching writes 28")
        row("… together, beside raw rows", together, "/s", rows, "raw rows", "what the tables allow")
        row("… together, store in memory", memory, "/s", together, "on SQLite", "the rules alone")
        row("batching writer, no rules", batching, "/s", raw, "raw", "1.2 events a completion")
        row("raw batches of 192", raw, "/s", None, "", "1 event a completion, nobody waits")
        row("raw rows of a Binglian case", rows, "/s", None, "", "3.4 events a completion, nobody waits")

    def engine(self):
        (results,) = self.rounds_of(
            self.figure(self.bench, "engine", WORKFLOW, "--facts", PROJECT, "--calendar", CALENDAR))
        row("rules alone, one thread: completions", [r["completionsPerSecond"] for r in results], "/s", None, "",
            "decided, folded, open requests kept up")
        row("… their events", [r["eventsPerSecond"] for r in results], "/s", None, "", "goal 1,000,000")
        row("rules alone: commands of WF-02", [r["workflowCommandsPerSecond"] for r in results], "/s")
        row("… their events", [r["workflowEventsPerSecond"] for r in results], "/s")
        row("… events folded from a log", [r["foldedEventsPerSecond"] for r in results], "/s")

    def portfolio(self):
        (results,) = self.rounds_of(
            self.figure(self.bench, "portfolio", WORKFLOW, "--facts", PROJECT, "--calendar", CALENDAR))
        row("1,000 cases of WF-02 in virtual time", [r["casesPerSecond"] for r in results], "cases/s", None, "",
            f"{results[0]['eventsPerCase']:.0f} events a case")
        row("… their events", [r["eventsPerSecond"] for r in results], "/s")

    def network(self):
        reference = os.path.join(self.scratch, "critical_path")
        for count, shape, links in [("100000", "layers", "plain"), ("100000", "layers", "linked"),
                                    ("100000", "near", "plain"), ("1000000", "layers", "plain"),
                                    ("1000000", "layers", "linked")]:
            command = [self.bench, "network", "--activities", count, "--shape", shape, "--links", links]
            runs, floor = self.rounds_of(lambda: Run(command), self.figure(reference, count, "9", shape, links))
            ours = [run.figures() for run in runs]
            # With leads to a finish the reference has no project start to hold, so only plain networks must be equal.
            if links == "plain" and (ours[0]["length"], ours[0]["floats"]) != (floor[0]["length"], floor[0]["floats"]):
                raise SystemExit("the critical path and its reference disagree")
            name = f"critical path, {int(count):,} activities, {ours[0]['links']:,.0f} links, {shape}, {links}"
            reference_times = [r["milliseconds"] for r in floor]
            row(name, [r["milliseconds"] for r in ours], "ms", reference_times, "plain C",
                f"CPU time; peak {number(max(run.mebibytes for run in runs))} MiB")
            if (count, shape, links) == ("100000", "layers", "plain"):
                for library, goal in (("networkx", 1000), ("rustworkx", 300)):
                    if has(library):
                        (theirs,) = self.rounds_of(
                            self.figure(sys.executable, "scripts/benchmarks/critical_path.py", library, count))
                        if (theirs[0]["length"], theirs[0]["floats"]) != (ours[0]["length"], ours[0]["floats"]):
                            raise SystemExit(f"the critical path and {library} disagree")
                        row(f"… by {library} and Python", [r["milliseconds"] for r in theirs], "ms",
                            [r["milliseconds"] for r in ours], "Binglian", f"goal ≥ {goal}")
            row("… again with other durations", [r["againMilliseconds"] for r in ours], "ms", reference_times, "plain C")
            if (count, links) == ("100000", "linked"):
                (mixed,) = self.rounds_of(self.figure(self.bench, "network", "--links", "calendars"))
                row("… the same on four calendars", [r["milliseconds"] for r in mixed], "ms", reference_times, "plain C",
                    "goal ≤ 3 ms")
        for shape, links in [("layers", "plain"), ("layers", "linked"), ("near", "plain")]:
            (results,) = self.rounds_of(self.figure(
                self.bench, "network", "--shape", shape, "--links", links, "--edits", "2000"))
            row(f"one duration changed in 100,000 activities, {shape}, {links}, p50",
                [r["p50Microseconds"] for r in results], "µs", None, "", "floats and driving path too; goal ≤ 10 µs")
            row("… p95", [r["p95Microseconds"] for r in results], "µs", None, "", "goal ≤ 100 µs")
            row("… on the critical path, p50", [r["criticalP50Microseconds"] for r in results], "µs")
            row("… on the critical path, p95", [r["criticalP95Microseconds"] for r in results], "µs", None, "",
                f"{results[0]['path']:.0f} activities on it")

    def tradeoff(self):
        for part in (75, 50, 25):
            (results,) = self.rounds_of(self.figure(self.bench, "tradeoff", "--part", str(part), "--nodes", "50000"))
            row(f"modes of 120 activities, deadline at {part} %", [r["medianSeconds"] * 1000 for r in results], "ms",
                None, "", f"at most {number(max(r['greatestSeconds'] for r in results))} s, "
                f"{results[0]['unproven']:.0f} unproven; reference: scripts/benchmarks/tradeoff.py")

    def simulation(self):
        for kind in ("triangular", "pert"):
            runs = [self.figure(self.bench, "simulation", "--distribution", kind),
                    self.figure(os.path.join(self.scratch, "monte_carlo"), kind)]
            if has("numpy"):
                runs.append(self.figure(sys.executable, "scripts/benchmarks/monte_carlo.py", kind))
            columns = self.rounds_of(*runs)
            for column in columns[1:]:
                if abs(column[0]["mean"] / columns[0][0]["mean"] - 1) > 0.01:
                    raise SystemExit("the simulation and its reference disagree")
            ours = [r["bestMilliseconds"] for r in columns[0]]
            name = f"Monte Carlo, 60 activities × 100,000 samples, {kind}"
            row(name, ours, "ms", [r["milliseconds"] for r in columns[1]], "plain C", "goal ≤ 6 ms; 2 tasks, best of 15")
            if len(columns) > 2:
                goal = 20 if kind == "triangular" else 40
                row("… by NumPy", [r["milliseconds"] for r in columns[2]], "ms", ours, "Binglian",
                    f"goal ≥ {goal}; one core")

    def flow(self):
        ours, floor, peer = self.rounds_of(
            self.figure(self.bench, "flow"), self.figure(os.path.join(self.scratch, "portfolio")),
            self.figure(".build-references/bin/python", "scripts/benchmarks/portfolio_simpy.py"))
        if ours[0]["end"] != floor[0]["end"]:
            raise SystemExit("the portfolio and its reference disagree")
        rates = [[r["completionsPerSecond"] for r in column] for column in (ours, floor, peer)]
        row("1,000 projects of 30 items through 12 departments", [r / 1e6 for r in rates[0]], "M completions/s",
            [r / 1e6 for r in rates[1]], "plain C", "CPU time; goal ≥ 10 M")
        row("… beside SimPy", [r / 1e6 for r in rates[0]], "M completions/s", [r / 1e6 for r in rates[2]], "SimPy")

    def city(self):
        ours, peer = self.rounds_of(
            self.figure(self.bench, "city", WORKFLOW, "--facts", PROJECT, "--calendar", CALENDAR),
            self.figure(".build-references/bin/python", "scripts/benchmarks/portfolio_simpy.py"))
        row("1,000 projects of WF-02 through few teams, by the real rules: items", [r["completionsPerSecond"] for r in ours],
            "/s", [r["completionsPerSecond"] for r in peer], "SimPy",
            f"CPU time; {ours[0]['eventsPerCompletion']:.1f} events an item; SimPy plays no rules")
        row("… their events", [r["eventsPerSecond"] for r in ours], "/s")

    def forecast(self):
        (results,) = self.rounds_of(
            self.figure(self.bench, "forecast", WORKFLOW, "--facts", PROJECT, "--calendar", CALENDAR))
        row("forecast of one live case, 2,000 runs, median of its events", [r["milliseconds"] for r in results], "ms",
            note="goal < 10 ms; one thread, processor time")
        row("… at its slowest event", [r["worstMilliseconds"] for r in results], "ms")

    def rules(self):
        store = os.path.join(self.scratch, "rules.db")

        def fresh():
            for suffix in ("", "-wal", "-shm"):
                if os.path.exists(store + suffix):
                    os.remove(store + suffix)
            return self.figure(self.bench, "rule-change", "--store", store)()

        (results,) = self.rounds_of(fresh)
        row("a holiday notice over 100,000 open clocks", [r["noticeSeconds"] for r in results], "s",
            note=f"goal < 1 s; {results[0]['movedDeadlines']:.0f} moved deadlines logged; processor time, one thread")
        row("10,000 running cases under another version, half at joins", [r["migrationSeconds"] for r in results], "s",
            note="goal < 10 s; read from a store, decided, durable; no answer lost")

    def opening(self):
        for stages, items in ((50, 50), (25, 50), (25, 25)):
            (results,) = self.rounds_of(
                self.figure(self.bench, "opening", "--stages", str(stages), "--items", str(items)))
            first = results[0]
            row(f"a case of {stages} stages of {items} items opens", [r["openMilliseconds"] for r in results], "ms",
                note=f"goal < 20 ms and < 1 MiB at 50 × 50; {first['links']:,.0f} links; "
                     f"{number(first['bytes'] / 1024)} KiB a case; its rules are made once in "
                     f"{number(first['rulesMilliseconds'])} ms")

    def histories(self):
        (results,) = self.rounds_of(self.figure(self.bench, "histories", "--count", str(self.options.histories)))
        row("random histories with the dates of counting day by day", [r["equal"] for r in results],
            f"of {self.options.histories:,}", note="goal 1,000,000; no matter of speed")

    def levers(self):
        """Forty levers, each instance at limits of 90, 80, 75 and 70 % of what it takes without any."""
        facts = os.path.join(self.scratch, "levers-project.yaml")
        with open(facts, "w", encoding="utf-8") as file:
            file.write("project: 2403-500112-04-01-230517\ntitle: {zh: 试验, en: Trial}\nfacts: {}\n")
        seconds, proven = [], 0
        for seed in range(1, 9):
            path = os.path.join(self.scratch, f"levers-{seed}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(levers.workflow(seed))
            def advise(limit):
                run = Run([self.binglian, "advise", path, "--facts", facts, "--format", "json", "--limit", f"{limit}wd"])
                return run, json.loads(run.output)
            before = advise(1)[1]["before"]
            before = before[before["measure"]]
            for percent in (90, 80, 75, 70):
                run, advice = advise(int(before * percent / 100))
                seconds.append(run.cpu_milliseconds / 1000)
                proven += advice["proven"]
        row("cheapest of forty levers on sixty items for a target, with proof", seconds, "s",
            note=f"goal 2 s; the whole process; {proven} of {len(seconds)} proven")

    def calendar(self):
        (results,) = self.rounds_of(self.figure(self.bench, "calendar", CALENDAR))
        row("working days between two dates", [r["countsPerSecond"] / 1e6 for r in results], "million/s")
        row("n-th working day after a date", [r["datesPerSecond"] / 1e6 for r in results], "million/s")
        row("last day of a limit with two stops", [r["clocksPerSecond"] / 1e6 for r in results], "million/s")

    def resources(self):
        given = ["--folder", self.options.instances] if self.options.instances else []
        for schedules in ("1000", "5000", "50000"):
            (results,) = self.rounds_of(self.figure(self.bench, "resources", "--schedules", schedules, *given))
            first = results[0]
            row(f"schedule of {first['problems']:.0f} problems with shared teams, {schedules} schedules each",
                [r["schedulesPerSecond"] / 1e6 for r in results], "million/s", None, "",
                f"{number(first['deviationPercent'])} % above the critical path, "
                f"{number(first['gapToBoundPercent'])} % above the proved bound")

    def hostile(self):
        for name, text in hostile_files():
            path = os.path.join(self.scratch, f"{name.split()[0]}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            (runs,) = self.rounds_of(self.wall(self.binglian, "check", path, times=1, status=1))
            row(f"`check` of {name.split(' ', 1)[1]}", [run.milliseconds for run in runs], "ms", None, "",
                f"{number(max(run.mebibytes for run in runs))} MiB; goal < 2 s, < 256 MiB")


def has(library):
    try:
        __import__(library)
        return True
    except ImportError:
        return False


def hostile_files():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    yield "aliases 480 bytes of aliases of aliases", "\n".join(lines)[:480] + "]\n"
    yield "brackets 50,000 open brackets", "workflow: " + "[" * 50_000
    with open(WORKFLOW, encoding="utf-8") as file:
        head = file.read().split("\nstages:")[0]

    def items(count):
        lines = "\n".join(
            f"      - {{id: item-{n}, title: {{zh: 事项, en: Item}}, kind: approval, department: housing, takes: 1 wd,"
            f" after: [{f'item-{n - 1}' if n else ''}], source: s}}" for n in range(count))
        return (f"{head}\nstages:\n  - id: s\n    title: {{zh: 阶段, en: Stage}}\n    national: 1\n    lead: housing\n"
                f"    items:\n{lines}\n")

    yield "longest 9,500 items in a row, all read", items(9_500)
    yield "items 20,000 items in a row", items(20_000)


def main():
    sections = [
        "process", "engine", "stages", "portfolio", "network", "flow", "city", "simulation", "forecast", "tradeoff",
        "rules", "opening", "histories", "levers", "calendar", "resources", "hostile"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("--instances", help="folder of PSPLIB .sm files for the section resources")
    parser.add_argument("--histories", type=int, default=100_000, help="how many for the section histories")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join(sections))
    options = parser.parse_args()
    bench = Bench(options)
    print(f"\n{options.rounds} rounds, medians (least–greatest); {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f} at the start\n")
    print("| what | figure | in the same round | note |\n|---|---|---|---|")
    for section in options.only.split(","):
        getattr(bench, section)()


main()
