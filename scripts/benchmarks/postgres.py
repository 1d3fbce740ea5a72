#!/usr/bin/env python3
"""Completions a second on PostgreSQL, the floor of the same server by pgbench, syncs and log a case.

Run by scripts/bench-postgres. A round measures everything in turn; ratios are taken within a round, and the medians of the
rounds are printed with their range.
"""
import argparse
import glob
import json
import os
import re
import statistics
import subprocess
import tempfile

options = argparse.ArgumentParser()
options.add_argument("--client", required=True)
options.add_argument("--rounds", type=int, default=3)
options.add_argument("--seconds", type=float, default=4)
options = options.parse_args()

SERVER = os.environ["BINGLIAN_TEST_POSTGRES"]
PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
TABLES = """
DROP TABLE IF EXISTS pair_case, pair_event;
CREATE TABLE pair_case (id bigserial PRIMARY KEY, seq int DEFAULT 0);
CREATE TABLE pair_event (case_id bigint, seq int, kind text, body jsonb, at timestamptz DEFAULT now(),
    PRIMARY KEY (case_id, seq));
CREATE SEQUENCE IF NOT EXISTS pair_seq;
INSERT INTO pair_case SELECT FROM generate_series(1, 20000);
"""
# What any engine must write for a completion: an event and a row that counts it, in one transaction.
PAIR = r"""
\set k random(1, 20000)
BEGIN;
INSERT INTO pair_event (case_id, seq, kind, body)
    VALUES (:k, nextval('pair_seq'), 'task_done', '{"item": "s0.t0", "by": "officer-17", "result": "approved"}');
UPDATE pair_case SET seq = seq + 1 WHERE id = :k;
END;
"""


def floor(clients):
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(PAIR)
        file.flush()
        out = subprocess.run(
            [f"{PROGRAMS}/pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(int(options.seconds)),
             "-f", file.name, SERVER], check=True, capture_output=True, text=True).stdout
    return float(re.search(r"tps = ([0-9.]+)", out).group(1))


def stages(clients, *more):
    out = subprocess.run(
        [options.client, "stages", "--store", SERVER, "--clients", str(clients), "--seconds", str(options.seconds),
         *more], check=True, capture_output=True, text=True).stdout
    return json.loads(out.strip().splitlines()[-1])


subprocess.run(["psql", "-q", SERVER, "-c", TABLES], check=True)
rounds = []
for number in range(options.rounds):
    figures = {}
    for clients in (1, 8, 32):
        figures[f"floor, {clients} clients: pairs/s"] = floor(clients)
        together = stages(clients)
        alone = stages(clients, "--one-by-one")
        figures[f"{clients} clients, a stage together: completions/s"] = together["completionsPerSecond"]
        figures[f"{clients} clients, one by one: completions/s"] = alone["completionsPerSecond"]
        for name, run in (("together", together), ("one by one", alone)):
            figures[f"{clients} clients, {name}: x floor"] = (
                run["completionsPerSecond"] / figures[f"floor, {clients} clients: pairs/s"])
            figures[f"{clients} clients, {name}: syncs a case"] = run["syncsPerCase"]
            figures[f"{clients} clients, {name}: KiB of log a case"] = run["logKiBPerCase"]
    rounds.append(figures)
    print(f"round {number + 1} of {options.rounds} done", flush=True)
for name in rounds[0]:
    values = [figures[name] for figures in rounds]
    print(f"{name:55} {statistics.median(values):10.2f}  ({min(values):.2f}–{max(values):.2f})")
