#!/usr/bin/env python3
"""Completions a second on PostgreSQL, the floor of the same server by pgbench, peers if asked for, syncs and log a case.

Run by scripts/bench-postgres. A round measures everything in turn; ratios are taken within a round, and the medians of the
rounds are printed with their range.
"""
import argparse
import glob
import json
import os
import pathlib
import re
import statistics
import subprocess
import tempfile

options = argparse.ArgumentParser()
options.add_argument("--client", required=True)
options.add_argument("--rounds", type=int, default=3)
options.add_argument("--seconds", type=float, default=4)
options.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
options.add_argument("--peers", action="store_true")
options.add_argument("--peers-folder", help="the virtual environment that has them")
options = options.parse_args()

SERVER = os.environ["BINGLIAN_TEST_POSTGRES"]
SOCKET = re.search(r"host=(\S+)", SERVER).group(1)
PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
HERE = pathlib.Path(__file__).resolve().parent
PEERS = {"dbos-signals": "dbos", "dbos-steps": "dbos", "absurd-steps": "absurd", "pgqueuer": "pgqueuer"}
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


def last_line(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def stages(clients, *more):
    return last_line([
        options.client, "stages", "--store", SERVER, "--clients", str(clients), "--seconds", str(options.seconds), *more])


def peer(name, clients):
    return last_line([
        f"{options.peers_folder}/bin/python", str(HERE / "peers.py"), name, "--url",
        f"postgresql://postgres@/{PEERS[name]}?host={SOCKET}", "--clients", str(clients), "--seconds", str(options.seconds)])


def prepare_peers():
    for database in sorted(set(PEERS.values())):
        subprocess.run(["psql", "-q", SERVER, "-c", f"CREATE DATABASE {database}"], check=True)
    subprocess.run(
        [f"{options.peers_folder}/bin/absurdctl", "init"], check=True, capture_output=True,
        env=dict(os.environ, PGHOST=SOCKET, PGUSER="postgres", PGDATABASE="absurd"))


def measure():
    figures = {}
    for clients in options.clients:
        pairs = figures[f"floor, {clients} clients: pairs/s"] = floor(clients)
        runs = {"together": stages(clients), "one by one": stages(clients, "--one-by-one")}
        for name, run in runs.items():
            rate = figures[f"{clients} clients, {name}: completions/s"] = run["completionsPerSecond"]
            figures[f"{clients} clients, {name}: x floor"] = rate / pairs
            figures[f"{clients} clients, {name}: syncs a case"] = run["syncsPerCase"]
            figures[f"{clients} clients, {name}: KiB of log a case"] = run["logKiBPerCase"]
        if options.peers and clients > 1:
            for other in PEERS:
                rate = figures[f"{clients} clients, {other}: completions/s"] = peer(other, clients)["completionsPerSecond"]
                for name, run in runs.items():
                    if rate:
                        figures[f"{clients} clients, {name}: x {other}"] = run["completionsPerSecond"] / rate
    return figures


subprocess.run(["psql", "-q", SERVER, "-c", TABLES], check=True)
if options.peers:
    prepare_peers()
rounds = []
for number in range(options.rounds):
    rounds.append(measure())
    load = os.getloadavg()[0]
    print(f"round {number + 1} of {options.rounds} done at load {load:.1f}", flush=True)
for name in rounds[0]:
    values = [figures[name] for figures in rounds if name in figures]
    print(f"{name:55} {statistics.median(values):10.2f}  ({min(values):.2f}–{max(values):.2f})")
