#!/usr/bin/env python3
"""Prints a random workflow with forty levers: `levers.py SEED [ITEMS]`.

Every item waits for one to three of the eight before it; a lever shortens one item to 30 to 80 percent, and four in ten
shorten another one too.
"""
import random
import sys

LEVERS = 40


def workflow(seed, items=60):
    draw = random.Random(seed)
    measure = draw.choice(["span", "union"])
    lines = [
        f"workflow: levers-{seed}", 'version: "1"', "title: {zh: 试验, en: Trial}", "processType: 10", "source: trial",
        "calendar: cn", "facts: {}", "departments:", "  a: {zh: 甲, en: A}", "  b: {zh: 乙, en: B}", "targets:",
        f"  - {{id: t, title: {{zh: 全程, en: Whole}}, from: i0, to: end, limit: 90 wd, counts: [gov], measure: {measure},"
        " source: trial}",
        "stages:", "  - id: s1", "    title: {zh: 一, en: One}", "    national: 1", "    lead: a", "    items:"]
    for item in range(items):
        before = sorted({draw.randrange(max(0, item - 8), item) for _ in range(draw.randint(1, 3))}) if item else []
        days = draw.randint(2, 12)
        lines.append(
            f"      - {{id: i{item}, title: {{zh: 事项, en: Item}}, kind: approval, department: {draw.choice('ab')},"
            f" takes: {days} wd, limit: {days + 3} wd, after: [{', '.join(f'i{p}' for p in before)}], milestone: true,"
            " source: trial}")
    last = ", ".join(f"i{p}" for p in range(items - 8, items))
    lines.append(f"      - {{id: end, title: {{zh: 完, en: End}}, kind: milestone, after: [{last}], source: trial}}")
    lines.append("levers:")
    for number, item in enumerate(draw.sample(range(1, items), LEVERS)):
        lines += [
            f"  - id: l{number}", "    title: {zh: 改, en: Lever}", "    kind: shorter-limit",
            f"    cost: {draw.randint(1, 9)}", "    source: trial", "    effects:",
            f"      - {{item: i{item}, percent: {draw.choice([30, 40, 50, 60, 70, 80])}}}"]
        if draw.random() < 0.4:
            other = draw.choice([i for i in range(1, items) if i != item])
            lines.append(f"      - {{item: i{other}, percent: {draw.choice([60, 70, 80, 90])}}}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(workflow(int(sys.argv[1]), *map(int, sys.argv[2:])), end="")
