#!/usr/bin/env python3
"""Monte Carlo on an activity network with NumPy: what `binglian-bench simulation` is compared with.

Samples are columns; durations, both passes, criticality and percentiles are array operations. Single precision, one core.
"""
import json
import sys
import time

import numpy as np

SAMPLES, ACTIVITIES = 100_000, 60
MASK = (1 << 64) - 1
state = 1


def draw(count):
    """SplitMix64, as in the benchmark."""
    global state
    state = (state + 0x9E3779B97F4A7C15) & MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return (z ^ (z >> 31)) % count


def network():
    estimates, predecessors = [], []
    for v in range(ACTIVITIES):
        mode = 2 + draw(15)
        low = mode * (4 + draw(6)) / 10
        high = mode * (12 + draw(19)) / 10
        estimates.append((low, mode, high))
        chosen = []
        if v >= 4:
            for _ in range(1 + draw(3)):
                p = v - 1 - draw(min(v, 14))
                if p not in chosen:
                    chosen.append(p)
        predecessors.append(chosen)
    return estimates, predecessors


def sample(random, kind, low, mode, high):
    if kind == "triangular":
        return random.triangular(low, mode, high, SAMPLES)
    width = high - low
    return low + width * random.beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, SAMPLES)


def run(kind, estimates, predecessors, seed):
    random = np.random.default_rng(seed)
    durations = np.stack([sample(random, kind, *estimate) for estimate in estimates]).astype(np.float32)
    finish = np.zeros_like(durations)
    for v in range(ACTIVITIES):
        for p in predecessors[v]:
            np.maximum(finish[v], finish[p], out=finish[v])
        finish[v] += durations[v]
    end = finish.max(0)
    late = np.broadcast_to(end, durations.shape).copy()
    criticality = np.zeros(ACTIVITIES)
    for v in reversed(range(ACTIVITIES)):
        criticality[v] = np.mean(late[v] - finish[v] < 1e-3)
        start = late[v] - durations[v]
        for p in predecessors[v]:
            np.minimum(late[p], start, out=late[p])
    return end.mean(dtype=float), np.quantile(end, [0.1, 0.5, 0.8, 0.95])


def main():
    kind = sys.argv[1]
    estimates, predecessors = network()
    times = []
    for seed in range(5):
        begin = time.perf_counter()
        mean, percentiles = run(kind, estimates, predecessors, seed)
        times.append((time.perf_counter() - begin) * 1000)
    print(json.dumps({"milliseconds": min(times), "mean": float(mean), "p80": float(percentiles[2])}))


main()
