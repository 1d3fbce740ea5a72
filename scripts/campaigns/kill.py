"""Nodes are killed (kill -9) at random moments while people work and departments answer; then everything is compared."""
import concurrent.futures
import glob
import json
import os
import random
import statistics
import subprocess
import threading
import time

import ledger as ledgers
import office
from department import Department

OWNER = {"zh": "演练业主", "en": "Campaign owner"}
PAUSE = 0.004  # of each client between two commands: the machine is shared


def client(number, people, ledger, cases, owner, stop):
    """Opens one case after another and does all its works; every command again under its key until it is answered."""
    def act(case, path, value, account, key):
        version = people.send("POST", path, value, account=account, key=key)["version"]
        ledger.note(case, key, version)
        time.sleep(PAUSE)

    turn = 0
    try:
        while not stop.is_set():
            case = f"k-{number}-{turn}"
            turn += 1
            project = {"project": "2401-500112-04-01-000001", "title": {"zh": "演练", "en": "Campaign"},
                       "owner": dict(OWNER, creditCode=owner), "facts": {"floorArea": 100}}
            people.send("POST", "/v1/cases", {"workflow": "campaign", "id": case, "project": project}, account="agent",
                        key=f"{case}.open")
            ledger.note(case, "open", None)
            with ledger.lock:
                cases.append(case)
            act(case, f"/v1/cases/{case}/items/permit/file", {"materials": []}, "agent", f"{case}.file")
            act(case, f"/v1/cases/{case}/items/permit/admit", {}, "window", f"{case}.admit")
            for work in range(office.WORKS):
                for verb in ("begin", "complete"):
                    act(case, f"/v1/cases/{case}/items/work-{work}/{verb}", {}, "agent", f"{case}.work-{work}.{verb}")
                if stop.is_set():
                    break
    except InterruptedError:
        pass
    except office.Refused as refusal:
        ledger.complain(str(refusal))


def rows(binglian, store, sql):
    """Rows of the store by the database's own client."""
    if store.startswith("postgres") or "=" in store:
        command = ["psql", "-qAtX", "-F", "|", store, "-c", sql]
    else:
        command = ["sqlite3", "-batch", store, sql]
    return [line.split("|") for line in subprocess.run(
        command, check=True, capture_output=True, text=True).stdout.splitlines()]


def settle(people, nodes, days, store, binglian, limit=120):
    """Waits until no message waits for the department and no timer is due; seconds, or None."""
    begun = time.monotonic()
    while time.monotonic() - begun < limit:
        due = (days.today - office.datetime.timedelta(days=4)).toordinal() - office.datetime.date(1970, 1, 1).toordinal()
        waiting = int(rows(binglian, store, "SELECT count(*) FROM outbox WHERE receiver = 'survey' AND state = 0")[0][0])
        late = int(rows(binglian, store, f"SELECT count(*) FROM timers WHERE due < {due}")[0][0])
        if waiting == 0 and late == 0:
            return time.monotonic() - begun
        time.sleep(0.5)
    return None


def run(options, folder):
    store = options.store
    random_source = random.Random(options.seed)
    days = office.Days(options.pace)
    owner = office.furnish(options.binglian, store, folder, days)
    nodes = []
    ledger = ledgers.Ledger(f"{folder}/ledger")
    department = Department(nodes, ledger, options.seed)
    connectors = department.connectors(folder)
    nodes += [office.Node(options.binglian, f"n{n}", store, folder, days, connectors) for n in range(options.nodes)]
    for node in nodes:
        node.start()
    for node in nodes:
        node.wait()
    stop, cases = threading.Event(), []
    crowd = [office.People(nodes, options.seed * 1000 + n) for n in range(options.clients)]
    threads = [threading.Thread(target=client, args=(n, people, ledger, cases, owner, stop), daemon=True)
               for n, people in enumerate(crowd)]
    for thread in threads:
        thread.start()
    begun, starts = time.monotonic(), []
    for number in range(options.rounds):
        time.sleep(random_source.uniform(0.05, options.longest))
        node = random_source.choice(nodes)
        node.kill()
        if len(nodes) > 1:
            time.sleep(random_source.uniform(0, 1))  # the others go on meanwhile
        node.start()
        if len(nodes) == 1 and random_source.random() < 0.2:
            time.sleep(random_source.uniform(0, 0.6))  # killed again before it is up
            node.kill()
            node.start()
        starts.append(node.wait())
        if (number + 1) % 20 == 0:
            print(f"  {number + 1} kills, {ledger.count:,} acknowledged, {len(cases)} cases, "
                  f"{len(ledger.complaints)} complaints", flush=True)
    stop.set()
    for thread in threads:
        thread.join(60)
    hanging = sum(thread.is_alive() for thread in threads)
    for people in crowd:
        people.stopped.set()
    work_time = time.monotonic() - begun
    settled = settle(crowd[0], nodes, days, store, options.binglian)
    department.stopped.set()
    for worker in department.workers:
        worker.join(30)
    for node in nodes:
        node.stop()
    faults = list(ledger.complaints)
    if hanging:
        faults.append(f"{hanging} clients were never answered")
    if settled is None:
        faults.append("messages or timers still waited two minutes after the last kill")
    faults += compare(options, store, folder, cases, ledger, department)
    faults += examine(options, store)
    tries = sum(people.tries for people in crowd)
    starts.sort()
    report = {
        "kills": options.rounds, "nodes": options.nodes, "store": "postgresql" if options.nodes > 1 or "=" in store else "sqlite",
        "seconds": round(work_time), "cases": len(cases), "acknowledged": ledger.count, "requests": tries,
        "messages": len(department.receipts), "deliveries": sum(department.receipts.values()),
        "startMedian": round(statistics.median(starts), 2), "startWorst": round(starts[-1], 2),
        "seed": options.seed, "faults": len(faults),
    }
    print(json.dumps(report))
    return faults


def compare(options, store, folder, cases, ledger, department):
    """Every log of the campaign against the ledger, and the department's receipts against the outbox."""
    verifier = ledgers.load_verifier()
    faults, told, events = [], set(), 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        logs = pool.map(lambda case: (case, ledgers.export(options.binglian, case, store)), sorted(ledger.acknowledged))
        for case, lines in logs:
            events += len(lines)
            faults += ledgers.check_case(lines, case, ledger.acknowledged[case], verifier)
    print(f"  {events:,} events of {len(ledger.acknowledged)} cases read and verified", flush=True)
    for key, state in rows(options.binglian, store, "SELECT dedup_key, state FROM outbox WHERE receiver = 'survey'"):
        told.add(key)
        if key not in department.receipts:
            faults.append(f"the message {key} never reached the department (state {state})")
        elif state != "1":
            faults.append(f"the message {key} reached the department and stands as {state}")
    # Rows of delivered messages may be swept; a receipt without any row and without a case would be made up.
    faults += [f"the department had an effect {count} times from {key}" for key, count in department.effects.items() if count > 1]
    for case in ledger.acknowledged:
        if not any(key.startswith(f"{case}:") for key in department.receipts):
            faults.append(f"{case}: its request never reached the department")
    return faults


def examine(options, store):
    """What the program itself says of the store."""
    faults = []
    done = subprocess.run([options.binglian, "audit", "verify", "--store", store], capture_output=True, text=True)
    if done.returncode:
        faults.append(f"audit verify: {done.stdout[-500:]}{done.stderr[-500:]}")
    print("  " + done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "  audit verify said nothing", flush=True)
    return faults
