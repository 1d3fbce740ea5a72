#!/usr/bin/env python3
"""Timers that are all due at once: how soon they have fired, and what the service takes for a request meanwhile."""

import argparse
import pathlib
import shutil
import sqlite3
import threading
import time

from http_office import Service, accounts, share, timed


def left(store, day):
    """Cases with a timer due by a date, read beside the service."""
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return database.execute("SELECT count(DISTINCT case_number) FROM timers WHERE due <= ?", [day]).fetchone()[0]
    finally:
        database.close()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--binglian", required=True)
    options.add_argument("--store", required=True)
    chosen = options.parse_args()
    database = sqlite3.connect(f"file:{chosen.store}?mode=ro", uri=True)
    day, due = database.execute("SELECT due, count(DISTINCT case_number) AS n FROM timers GROUP BY due ORDER BY n DESC").fetchone()
    database.close()
    date = time.strftime("%Y-%m-%d", time.gmtime((day + 1) * 86400))
    copy = pathlib.Path(chosen.store).with_suffix(".timers.db")
    shutil.copy(chosen.store, copy)
    total = left(copy, day)
    service = Service(chosen.binglian, str(copy), date, copy.with_suffix(".log"))
    begin = time.monotonic()
    tokens = accounts(service, copy.with_suffix(".accounts"))
    worst, over = [], threading.Event()

    def ask():
        while not over.is_set():
            found, _ = timed(service, "/v1/tasks?limit=20", tokens["window"], 4, 1)
            worst.extend(found)
            time.sleep(0.1)

    asking = threading.Thread(target=ask)
    asking.start()
    told = False
    while True:
        rest = left(copy, day)
        if not told and rest <= total * 0.05:
            print(f"{total} cases due on one day: 95 % fired after {time.monotonic() - begin:.0f} s", flush=True)
            told = True
        if rest == 0 or time.monotonic() - begin > 900:
            break
        time.sleep(1)
    over.set()
    asking.join()
    worst.sort()
    print(f"all but {rest} after {time.monotonic() - begin:.0f} s; a list meanwhile: p50 {share(worst, .5):.0f} ms,"
          f" p99 {share(worst, .99):.0f} ms; {service.status('VmHWM'):.0f} MiB at most", flush=True)
    service.end()
    copy.unlink()


if __name__ == "__main__":
    main()
