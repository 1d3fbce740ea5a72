"""Power cuts under a node on a SQLite file: what it did to its files is recorded, and cut off at random points.

At a cut everything is on the disk that was written before a sync began which had ended; of what was written later any part is, in
any order, torn at the disk's sectors. The answers that people had had by then are the ledger: each with the moment at which it
came, on the same clock as the recorder's.
"""
import datetime
import json
import os
import random
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import threading
import time

import kill
import ledger as ledgers
import office
from department import Department

HEADER = struct.Struct("<IIqQQQ")
WRITTEN, CUT, SYNC_BEGINS, SYNC_ENDS, REMOVED = 1, 2, 3, 4, 5
SECTOR = 512
NAMES = ("", "-wal", "-journal")


class TimedLedger(ledgers.Ledger):
    """Also knows when each answer came."""

    def __init__(self, path):
        super().__init__(path)
        self.moments = []

    def note(self, case, key, version):
        self.moments.append((time.monotonic_ns(), case, key))
        super().note(case, key, version)


def record(options, folder):
    """Works a while under the recorder; the files as they were before, the journal's path and the ledger."""
    library, journal, store = f"{folder}/recorder.so", f"{folder}/journal", f"{folder}/office.db"
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "power_recorder.c")
    subprocess.run(["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-o", library, source, "-ldl", "-pthread"], check=True)
    office.FIRST_DATE = datetime.date.today()
    days = office.Days(3600)  # one day, today: the program's own check knows no other
    owner = office.furnish(options.binglian, store, folder, days)
    before = {name: open(store + name, "rb").read() for name in NAMES if os.path.exists(store + name)}
    nodes, ledger = [], TimedLedger(f"{folder}/ledger")
    department = Department(nodes, ledger, options.seed)
    nodes.append(office.Node(
        options.binglian, "n0", store, folder, days, department.connectors(folder),
        {"LD_PRELOAD": library, "POWER_STORE": store, "POWER_JOURNAL": journal}))
    nodes[0].start()
    nodes[0].wait()
    stop, cases = threading.Event(), []
    crowd = [office.People(nodes, options.seed * 1000 + n) for n in range(6)]
    threads = [threading.Thread(target=kill.client, args=(n, people, ledger, cases, owner, stop), daemon=True)
               for n, people in enumerate(crowd)]
    for thread in threads:
        thread.start()
    time.sleep(options.seconds / 2)
    nodes[0].kill()  # so that what a start does to a file that was left as it was is recorded too
    nodes[0].start()
    nodes[0].wait()
    time.sleep(options.seconds / 2)
    nodes[0].kill()
    stop.set()
    department.stopped.set()
    for people in crowd:
        people.stopped.set()
    for thread in threads:
        thread.join(30)
    return before, journal, ledger


def entries(path):
    with open(path, "rb") as file:
        data = memoryview(file.read())
    place = 0
    while place + HEADER.size <= len(data):
        kind, suffix_length, offset, length, moment, sync = HEADER.unpack_from(data, place)
        place += HEADER.size
        name = bytes(data[place:place + suffix_length]).decode()
        place += suffix_length
        size = length if kind == WRITTEN else 0
        yield kind, name, offset, data[place:place + size], moment, sync
        place += size


class Disk:
    """What is certainly on the disk, and what may be."""

    def __init__(self, before):
        self.files = {name: bytearray(data) for name, data in before.items()}
        self.unsure = {}  # by file: what was done since, in order
        self.begun = {}  # by sync: how much of that it covers

    def take(self, entry, hears=True):
        kind, name, offset, data, _, sync = entry
        pending = self.unsure.setdefault(name, [])
        if kind in (WRITTEN, CUT):
            pending.append((kind, offset, data))
        elif kind == SYNC_BEGINS:
            self.begun[sync] = [name, len(pending)]
        elif kind == SYNC_ENDS:
            _, covered = self.begun.pop(sync, (name, 0))
            if not hears:
                return
            file = self.files.setdefault(name, bytearray())
            for change in pending[:covered]:
                apply(file, *change)
            del pending[:covered]
            for other in self.begun.values():  # another sync of the same file that is under way covers so much less
                if other[0] == name:
                    other[1] = max(0, other[1] - covered)
        elif kind == REMOVED:
            self.files.pop(name, None)
            self.unsure.pop(name, None)

    def after_cut(self, chance):
        """The files as a cut now may leave them."""
        left = {name: bytearray(data) for name, data in self.files.items()}
        for name, pending in self.unsure.items():
            if not pending:
                continue
            luck = chance.random()
            if luck < 0.25:
                kept = []
            elif luck < 0.5:
                kept = pending[:chance.randint(0, len(pending))]
            else:
                share = chance.random()
                kept = [change for change in pending if chance.random() < share]
                if luck > 0.75:
                    chance.shuffle(kept)
            file = left.setdefault(name, bytearray())
            for kind, offset, data in kept:
                if kind == WRITTEN and chance.random() < 0.3:
                    # Any of the sectors, not only the first ones.
                    for start in range(0, len(data), SECTOR):
                        if chance.random() < 0.5:
                            apply(file, kind, offset + start, data[start:start + SECTOR])
                else:
                    apply(file, kind, offset, data)
        return left


def apply(file, kind, offset, data):
    if kind == CUT:
        del file[offset:]
        return
    if len(file) < offset:
        file.extend(bytes(offset - len(file)))
    file[offset:offset + len(data)] = data


def judge(left, moments, options, asks):
    """What is wrong after a cut: (lost, other faults)."""
    folder = tempfile.mkdtemp(prefix="bl-cut.", dir="/dev/shm")
    path = f"{folder}/office.db"
    try:
        for name, data in left.items():
            with open(path + name, "wb") as file:
                file.write(data)
        faults, have = [], set()
        try:
            with sqlite3.connect(path) as database:
                found = database.execute("PRAGMA integrity_check").fetchone()[0]
                if found != "ok":
                    faults.append(f"integrity_check: {found}")
                have = set(database.execute(
                    "SELECT cases.id, commands.key FROM commands JOIN cases ON cases.number = commands.case_number"))
            database.close()
        except sqlite3.DatabaseError as error:
            faults.append(f"cannot be opened: {error}")
        lost = [f"{case} {key}" for _, case, key in moments if (case, key) not in have]
        if asks:
            faults += ask(options, path)
        return lost, faults
    finally:
        shutil.rmtree(folder)


def ask(options, path):
    """What the program itself says of the store: every chain, and its own check. Timers, receivers and calendars are not about cuts."""
    faults = []
    done = subprocess.run([options.binglian, "audit", "verify", "--store", path], capture_output=True, text=True)
    if done.returncode:
        faults.append(f"audit verify: {done.stdout[-300:]}{done.stderr[-300:]}")
    done = subprocess.run(
        [options.binglian, "doctor", "--store", path, "--format", "json"], capture_output=True, text=True)
    try:
        points = json.loads(done.stdout)
        points = points["points"] if isinstance(points, dict) else points
        for point in points:
            if point["point"] in ("store", "durability", "chains", "deadLetters", "parked") and not point["well"]:
                faults.append(f"doctor: {point}")
        if not {"store", "durability", "chains"} <= {point["point"] for point in points}:
            faults.append("doctor left something out")
    except (ValueError, KeyError, TypeError):
        faults.append(f"doctor: {done.stdout[-300:]}{done.stderr[-300:]}")
    return faults


def play(options, before, journal, ledger, cuts, hears=True):
    """Cuts in one walk over the journal: (cuts that lost something, answers lost, faults)."""
    all_entries = list(entries(journal))
    chance = random.Random(options.seed)
    places = sorted(chance.randrange(1, len(all_entries)) for _ in range(cuts))
    disk, faults, losing, lost_answers, known, done = Disk(before), [], 0, 0, 0, 0
    moments = sorted(ledger.moments)
    for number, entry in enumerate(all_entries):
        while done < cuts and places[done] == number:
            # Every answer that came before the next call had returned: none of them can rest on it.
            while known < len(moments) and moments[known][0] < entry[4]:
                known += 1
            asks = hears and done % options.doctor == 0
            lost, others = judge(disk.after_cut(chance), moments[:known], options, asks)
            losing += bool(lost)
            lost_answers += len(lost)
            if hears:
                faults += [f"cut {done} before entry {number}: {each} was acknowledged and is lost" for each in lost[:3]]
                faults += [f"cut {done} before entry {number}: {each}" for each in others]
            done += 1
            if hears and done % 500 == 0:
                print(f"  {done} cuts, {losing} lost something, {len(faults)} faults", flush=True)
        disk.take(entry, hears)
    return losing, lost_answers, faults, len(all_entries)


def run(options, folder):
    before, journal, ledger = record(options, folder)
    faults = list(ledger.complaints)
    print(f"  recorded {os.path.getsize(journal) >> 20} MiB, {len(ledger.moments):,} answers", flush=True)
    # A disk that never does what a sync asks of it must lose something, or the campaign would not see a loss.
    blind, blind_answers, _, _ = play(options, before, journal, ledger, 100, hears=False)
    if blind == 0:
        faults.append("a disk that ignores syncs lost nothing: this campaign sees nothing")
    losing, lost, found, count = play(options, before, journal, ledger, options.rounds)
    print(json.dumps({
        "cuts": options.rounds, "entries": count, "answers": len(ledger.moments), "cutsThatLost": losing, "answersLost": lost,
        "control": {"cuts": 100, "cutsThatLost": blind, "answersLost": blind_answers}, "seed": options.seed,
        "faults": len(faults + found)}))
    return faults + found
