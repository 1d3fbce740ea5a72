#!/usr/bin/env python3
"""What SQLite alone gives for the case of four stages of six tasks: write-ahead log, synchronous=FULL.

    floor.py batching FILE [--clients 32] [--one-by-one]   one writer gathers all completions that wait into one
                                                           transaction and then acknowledges each: events and rows
                                                           only, no rules, no keys, no seals
    floor.py raw FILE [--batch 240]                        one event and one row a task in batches, nobody waits
    floor.py rows FILE [--batch 192]                       as many rows, of the same sizes and with the same indexes, as
                                                           a case leaves in Binglian's own tables

Prints one line of JSON. Nothing but Python's standard library.
"""
import argparse
import asyncio
import json
import os
import sqlite3
import time

STAGES, ITEMS = 4, 6
TASKS = STAGES * ITEMS
BODY = '{"item":"s0.t0","by":"officer-17","result":"approved"}'


def connect(path, script):
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.executescript("pragma journal_mode = wal; pragma synchronous = full;" + script)
    return db


PLAIN = """
    create table cases (id integer primary key, sequence int, stage int);
    create table events (case_id int, sequence int, kind text, body text, primary key (case_id, sequence)) without rowid;
"""


class Batching:
    """A closed loop of clients and one writer; a batch is whatever waits when the writer is free."""

    def __init__(self, path, clients, one_by_one):
        self.db, self.clients, self.one_by_one = connect(path, PLAIN), clients, one_by_one
        self.waiting, self.wake = [], asyncio.Event()
        self.completions, self.is_over = 0, False

    def write(self, opened, events, moved):
        self.db.execute("begin immediate")
        self.db.executemany("insert into cases values (?, 0, 0)", opened)
        self.db.executemany("insert into events values (?, ?, ?, ?)", events)
        self.db.executemany("update cases set sequence = ?, stage = ? where id = ? and sequence = ?", moved)
        self.db.execute("commit")

    async def writer(self):
        while True:
            await self.wake.wait()
            self.wake.clear()
            batch, self.waiting = self.waiting, []
            opened, events, before = [], [], {}
            for case, is_opening, _ in batch:
                if is_opening:
                    opened.append((case["id"],))
                    continue
                before.setdefault(case["id"], (case["sequence"], case))
                case["sequence"] += 1
                case["left"] -= 1
                events.append((case["id"], case["sequence"], "completed", BODY))
                if case["left"] == 0:
                    case["sequence"] += 1
                    case["stage"] += 1
                    case["left"] = ITEMS
                    events.append((case["id"], case["sequence"], "stageClosed", BODY))
            moved = [(case["sequence"], case["stage"], case["id"], old) for old, case in before.values()]
            await asyncio.to_thread(self.write, opened, events, moved)
            for _, is_opening, answer in batch:
                self.completions += not is_opening
                answer.set_result(None)

    def send(self, case, is_opening=False):
        answer = asyncio.get_running_loop().create_future()
        self.waiting.append((case, is_opening, answer))
        self.wake.set()
        return answer

    async def client(self, first):
        number = first
        while not self.is_over:
            case = {"id": number, "sequence": 0, "stage": 0, "left": ITEMS}
            number += self.clients
            await self.send(case, is_opening=True)
            for _ in range(STAGES):
                if self.one_by_one:
                    for _ in range(ITEMS):
                        await self.send(case)
                else:
                    await asyncio.gather(*[self.send(case) for _ in range(ITEMS)])

    async def run(self, warm, seconds):
        writer = asyncio.create_task(self.writer())
        clients = [asyncio.create_task(self.client(n)) for n in range(self.clients)]
        await asyncio.sleep(warm)
        begin, before, used = time.perf_counter(), self.completions, time.process_time()
        await asyncio.sleep(seconds)
        done = self.completions - before
        rate, cost = done / (time.perf_counter() - begin), (time.process_time() - used) / done
        self.is_over = True
        await asyncio.gather(*clients)
        writer.cancel()
        return rate, cost


def raw(path, batch, seconds):
    db = connect(path, PLAIN)
    db.executemany("insert into cases values (?, 0, 0)", [(n,) for n in range(1000)])
    done, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        tasks = [(n % 1000, n // 1000 + 1) for n in range(done, done + batch)]
        db.execute("begin immediate")
        db.executemany("insert into events values (?, ?, 'completed', ?)", [(case, s, BODY) for case, s in tasks])
        db.executemany("update cases set sequence = ? where id = ?", [(s, case) for case, s in tasks])
        db.execute("commit")
        done += batch
    return done / (time.perf_counter() - begin), time.process_time() / done


# Binglian's tables (Sources/SQLiteStore/Schema.swift), without checks and triggers.
FULL = """
    create table cases (number integer primary key, id text not null unique, version int, hash blob, body blob) strict;
    create table events (position integer primary key, case_number integer not null references cases (number),
        sequence integer, kind text, schema integer, on_day integer, at_ms integer, actor text, key text, payload blob,
        previous_hash blob, hash blob, unique (case_number, sequence)) strict;
    create table commands (case_number integer not null references cases (number), key text, version integer,
        answer blob, primary key (case_number, key)) strict, without rowid;
"""
EVENTS = 1 + 3 * TASKS + 2 * STAGES + 1


def rows(path, batch, seconds):
    db = connect(path, FULL)
    payload, seal = b"." * 130, b"\x55" * 32
    cases, done, begin = 0, 0, time.perf_counter()
    wave = max(1, batch // ITEMS)
    while time.perf_counter() - begin < seconds:
        numbers = range(cases + 1, cases + wave + 1)
        cases += wave
        db.execute("begin immediate")
        db.executemany("insert into cases values (?, ?, 0, ?, x'')", [(n, f"case-{n}", seal) for n in numbers])
        db.execute("commit")
        sequence = 0
        for stage in range(STAGES):
            more = EVENTS * (stage + 1) // STAGES - sequence
            db.execute("begin immediate")
            db.executemany(
                "insert into events values (null, ?, ?, 'completed', 1, 19783, 1709283600000, 'office:officer-17', ?, ?, ?, ?)",
                [(n, sequence + 1 + e, f"s{stage}-t{e * ITEMS // more}", payload, seal, seal)
                 for n in numbers for e in range(more)])
            db.executemany("insert into commands values (?, ?, ?, x'')",
                           [(n, f"s{stage}-t{t}", sequence) for n in numbers for t in range(ITEMS)])
            sequence += more
            db.executemany("update cases set version = ?, hash = ?, body = x'' where number = ?",
                           [(sequence, seal, n) for n in numbers])
            db.execute("commit")
            done += ITEMS * wave
    return done / (time.perf_counter() - begin), time.process_time() / done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["batching", "raw", "rows"])
    parser.add_argument("file")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--one-by-one", action="store_true")
    parser.add_argument("--batch", type=int, default=192)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--warm", type=float, default=1)
    a = parser.parse_args()
    if a.what == "batching":
        async def measure():
            return await Batching(a.file, a.clients, a.one_by_one).run(a.warm, a.seconds)
        rate, cost = asyncio.run(measure())
    else:
        rate, cost = (raw if a.what == "raw" else rows)(a.file, a.batch, a.seconds)
    print(json.dumps({"completionsPerSecond": rate, "processorMicroseconds": cost * 1e6}))


main()
