#!/usr/bin/env python3
"""The discrete time/cost trade-off with OR-Tools CP-SAT, on the instances that `binglian-bench tradeoff` makes.

Needs the package `ortools`. Prints one line of JSON: the optimal costs, and seconds of processor time for each instance.
"""
import argparse
import json
import resource

from ortools.sat.python import cp_model


class Draw:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def next(self, count):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return (z ^ (z >> 31)) % count


def instance(tasks, seed):
    draw = Draw(seed)
    modes, precedences = [], []
    for task in range(tasks):
        count = 3 + draw.next(3)
        durations = set()
        while len(durations) < count:
            durations.add(1 + draw.next(20))
        cost = 5 + draw.next(46)
        own = []
        for duration in sorted(durations, reverse=True):
            own.append((duration, cost))
            cost += 1 + draw.next(60)
        modes.append(own)
        if task > 0:
            chosen = set()
            for _ in range(1 + draw.next(3)):
                chosen.add(task - 1 - draw.next(min(task, 12)))
            precedences += [(before, task) for before in sorted(chosen)]
    return modes, precedences


def length(modes, precedences, pick):
    finish = []
    before = [[] for _ in modes]
    for first, second in precedences:
        before[second].append(first)
    for task, own in enumerate(modes):
        finish.append(max((finish[b] for b in before[task]), default=0) + pick(d for d, _ in own))
    return max(finish)


def solve(modes, precedences, deadline, workers, limit):
    model = cp_model.CpModel()
    starts = [model.new_int_var(0, deadline, f"s{t}") for t in range(len(modes))]
    choices = [[model.new_bool_var(f"x{t}_{m}") for m in range(len(own))] for t, own in enumerate(modes)]
    durations = [sum(d * x for (d, _), x in zip(own, xs)) for own, xs in zip(modes, choices)]
    for xs in choices:
        model.add_exactly_one(xs)
    for start, duration in zip(starts, durations):
        model.add(start + duration <= deadline)
    for first, second in precedences:
        model.add(starts[first] + durations[first] <= starts[second])
    model.minimize(sum(c * x for own, xs in zip(modes, choices) for (_, c), x in zip(own, xs)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = limit
    begin = resource.getrusage(resource.RUSAGE_SELF)
    status = solver.solve(model)
    end = resource.getrusage(resource.RUSAGE_SELF)
    seconds = end.ru_utime - begin.ru_utime + end.ru_stime - begin.ru_stime
    return int(solver.objective_value), seconds, status == cp_model.OPTIMAL


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=120)
    parser.add_argument("--part", type=int, default=50, help="deadline: percent of the way from crash to normal")
    parser.add_argument("--instances", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=float, default=120)
    options = parser.parse_args()
    costs, seconds, proven = [], [], []
    for seed in range(1, options.instances + 1):
        modes, precedences = instance(options.activities, seed)
        crash, normal = (length(modes, precedences, pick) for pick in (min, max))
        deadline = crash + (options.part * (normal - crash) + 50) // 100
        cost, used, is_proven = solve(modes, precedences, deadline, options.workers, options.limit)
        costs.append(cost)
        seconds.append(used)
        proven.append(is_proven)
    print(json.dumps({"costs": costs, "seconds": seconds, "proven": proven}))


main()
