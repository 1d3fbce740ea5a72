#!/usr/bin/env python3
"""The case of `binglian-bench stages` on engines of others: four stages of six tasks side by side, each stage joined.

    peers.py PEER --url URL --clients N --seconds S

PEER is dbos-signals (a workflow waits for each task's completion, which comes from outside, as an officer's does), dbos-steps (a
step each), absurd-steps or pgqueuer. So many clients each run one case after another; what is printed is tasks completed a second.
Run by scripts/bench-postgres --peers, each by the Python that has the peer.
"""
import argparse
import asyncio
import json
import os
import subprocess
import sys
import threading
import time

STAGES, TASKS = 4, 6
PER_CASE = STAGES * TASKS


class Window:
    """Counts cases that end within it."""

    def __init__(self, options):
        self.options, self.count, self.isOpen, self.over = options, 0, False, threading.Event()
        self.lock = threading.Lock()

    def case_done(self):
        if self.isOpen:
            with self.lock:
                self.count += 1

    def watch(self):
        time.sleep(self.options.warm)
        self.isOpen, begun = True, time.perf_counter()
        time.sleep(self.options.seconds)
        self.isOpen, self.elapsed = False, time.perf_counter() - begun
        self.over.set()

    def report(self):
        print(json.dumps({
            "peer": self.options.peer, "clients": self.options.clients,
            "completionsPerSecond": self.count * PER_CASE / self.elapsed, "cases": self.count}), flush=True)
        os._exit(0)  # their threads of their own do not end soon


async def watched(window, client):
    """Clients side by side until the window is over."""
    watcher = threading.Thread(target=window.watch)
    watcher.start()
    tasks = [asyncio.create_task(client(number)) for number in range(window.options.clients)]
    await asyncio.wait(tasks, timeout=window.options.warm + window.options.seconds + 20)
    watcher.join()
    for task in tasks:
        if task.done() and task.exception():
            raise task.exception()
    window.report()


def dbos(options, isSignals):
    from dbos import DBOS

    DBOS(config={"name": "stages", "system_database_url": options.url, "log_level": "ERROR", "sys_db_pool_size": 40,
                 "max_executor_threads": 64})

    @DBOS.step()
    async def complete(stage, task):
        return stage * TASKS + task

    @DBOS.workflow()
    async def by_steps():
        for stage in range(STAGES):
            await asyncio.gather(*(complete(stage, task) for task in range(TASKS)))

    @DBOS.workflow()
    async def by_signals():
        for stage in range(STAGES):
            for task in range(TASKS):
                await DBOS.recv_async(f"{stage}.{task}", 60)

    window = Window(options)

    async def client(_):
        while not window.over.is_set():
            if isSignals:
                handle = await DBOS.start_workflow_async(by_signals)
                for stage in range(STAGES):
                    await asyncio.gather(*(
                        DBOS.send_async(handle.workflow_id, "done", f"{stage}.{task}") for task in range(TASKS)))
                await handle.get_result()
            else:
                await by_steps()
            window.case_done()

    DBOS.launch()
    asyncio.run(watched(window, client))


def absurd(options):
    from absurd_sdk import Absurd

    queue = "stages"
    Absurd(options.url, queue_name=queue).create_queue(queue)
    window, own = Window(options), threading.local()

    def engine():
        if not hasattr(own, "engine"):
            own.engine = Absurd(options.url, queue_name=queue)

            @own.engine.register_task(name="case")
            def case(parameters, context):
                for stage in range(STAGES):
                    for task in range(TASKS):
                        context.step(f"{stage}.{task}", lambda: stage * TASKS + task)
        return own.engine

    def client():
        # It works on what it has ordered itself, so that nobody waits for a poll.
        while not window.over.is_set():
            engine().spawn("case", {})
            engine().work_batch(batch_size=1)
            window.case_done()

    for _ in range(options.clients):
        threading.Thread(target=client, daemon=True).start()
    window.watch()
    window.report()


async def pgqueuer(options):
    import asyncpg
    from pgqueuer import PgQueuer
    from pgqueuer.db import AsyncpgPoolDriver

    pool = await asyncpg.create_pool(options.url, min_size=4, max_size=24)
    await pool.execute("DROP TABLE IF EXISTS stage_case")
    await pool.execute("CREATE TABLE stage_case (id bigserial PRIMARY KEY, stage int NOT NULL, left_over int NOT NULL)")
    if not await pool.fetchval("SELECT to_regclass('pgqueuer') IS NOT NULL"):
        subprocess.run([sys.executable, "-m", "pgqueuer", "--pg-dsn", options.url, "install"], check=True,
                       stdout=subprocess.DEVNULL)
    engine, window, ends = PgQueuer(AsyncpgPoolDriver(pool)), Window(options), {}

    async def order(case, stage):
        payload = json.dumps([case, stage]).encode()
        await engine.qm.queries.enqueue(["task"] * TASKS, [payload] * TASKS, [0] * TASKS)

    @engine.entrypoint("task")
    async def task(job):
        case, stage = json.loads(job.payload)
        async with pool.acquire() as link, link.transaction():
            left = await link.fetchval(
                "UPDATE stage_case SET left_over = left_over - 1 WHERE id = $1 RETURNING left_over", case)
            if left == 0 and stage + 1 < STAGES:
                await link.execute("UPDATE stage_case SET stage = $1, left_over = $2 WHERE id = $3", stage + 1, TASKS, case)
        if left == 0 and stage + 1 < STAGES:
            await order(case, stage + 1)
        elif left == 0:
            ends.pop(case).set_result(None)

    async def client(_):
        while not window.over.is_set():
            case = await pool.fetchval("INSERT INTO stage_case (stage, left_over) VALUES (0, $1) RETURNING id", TASKS)
            ends[case] = end = asyncio.get_running_loop().create_future()
            await order(case, 0)
            await end
            window.case_done()

    running = asyncio.create_task(engine.run(batch_size=max(TASKS, min(60, options.clients * TASKS // 2))))
    await asyncio.sleep(0.5)
    if running.done():
        running.result()
    await watched(window, client)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=["dbos-signals", "dbos-steps", "absurd-steps", "pgqueuer"])
    parser.add_argument("--url", required=True, help="postgresql://…, a database of the peer's own")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--warm", type=float, default=1.5)
    options = parser.parse_args()
    if options.peer.startswith("dbos"):
        dbos(options, options.peer == "dbos-signals")
    elif options.peer == "absurd-steps":
        absurd(options)
    else:
        asyncio.run(pgqueuer(options))


if __name__ == "__main__":
    main()
