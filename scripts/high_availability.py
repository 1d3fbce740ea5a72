"""Three PostgreSQL nodes under Patroni and etcd, and what a client's ledger says after the primary was hit.

Usage: high_availability.py --client BINGLIAN_BENCH [--fault …] [--seconds …], by the Python that has Patroni.
Everything listens on 127.0.0.1 and ports that were free, and everything that is started is stopped, by its id.
"""

import argparse
import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

options = argparse.ArgumentParser()
options.add_argument("--client", required=True)
options.add_argument(
    "--fault", choices=["kill-node", "kill-database", "freeze-agent", "switch", "none"], default="kill-node")
options.add_argument("--seconds", type=float, default=10, help="to write before the fault, and after the recovery")
options = options.parse_args()

NODES = [0, 1, 2]
PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
FOLDER = tempfile.mkdtemp(prefix="bl-ha.", dir="/tmp")
LIMIT = 30  # seconds of outage that are allowed: the leader's key lives for 20


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


PORTS = free_ports(12)
database = {node: PORTS[node] for node in NODES}
rest = {node: PORTS[3 + node] for node in NODES}
client_port = {node: PORTS[6 + node] for node in NODES}
peer_port = {node: PORTS[9 + node] for node in NODES}
processes = {}


def home(node):
    return f"{FOLDER}/n{node}"


def configure(node):
    os.makedirs(home(node))
    local = "127.0.0.1"
    settings = {
        "scope": "binglian", "name": f"n{node}",
        "restapi": {"listen": f"{local}:{rest[node]}", "connect_address": f"{local}:{rest[node]}"},
        "etcd3": {"hosts": [f"{local}:{client_port[each]}" for each in NODES]},
        "bootstrap": {
            "dcs": {
                "ttl": 20, "loop_wait": 3, "retry_timeout": 8, "synchronous_mode": True,
                "postgresql": {
                    "use_pg_rewind": True, "use_slots": True,
                    "parameters": {"wal_log_hints": "on", "max_connections": 60, "shared_buffers": "64MB",
                                   "wal_keep_size": "128MB", "synchronous_commit": "on"}}},
            "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums"],
            "pg_hba": ["host all all 127.0.0.0/8 trust", "host replication all 127.0.0.0/8 trust", "local all all trust"]},
        "postgresql": {
            "listen": f"{local}:{database[node]}", "connect_address": f"{local}:{database[node]}",
            "data_dir": f"{home(node)}/pg", "bin_dir": PROGRAMS, "pgpass": f"{home(node)}/pgpass",
            "authentication": {"superuser": {"username": "postgres"}, "replication": {"username": "postgres"}},
            "parameters": {"unix_socket_directories": home(node)}}}
    with open(f"{home(node)}/patroni.json", "w") as file:  # JSON is YAML
        json.dump(settings, file)
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", "postgres:", home(node)], check=True)


def start(node, what):
    if what == "etcd":
        command = [
            "etcd", "--name", f"e{node}", "--data-dir", f"{home(node)}/etcd", "--log-level", "error",
            "--listen-client-urls", f"http://127.0.0.1:{client_port[node]}",
            "--advertise-client-urls", f"http://127.0.0.1:{client_port[node]}",
            "--listen-peer-urls", f"http://127.0.0.1:{peer_port[node]}",
            "--initial-advertise-peer-urls", f"http://127.0.0.1:{peer_port[node]}",
            "--initial-cluster", ",".join(f"e{each}=http://127.0.0.1:{peer_port[each]}" for each in NODES),
            "--heartbeat-interval", "200", "--election-timeout", "2000"]
    else:
        command = [os.path.join(os.path.dirname(sys.executable), "patroni"), f"{home(node)}/patroni.json"]
    if os.getuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] + command
    environment = dict(os.environ, PATH=f"{PROGRAMS}:/usr/bin:/bin", HOME=home(node), LC_ALL="C.UTF-8")
    with open(f"{home(node)}/{what}.log", "a") as log:
        processes[node, what] = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=home(node),
            start_new_session=True)


def ask(node, path, body=None):
    """What Patroni of a node answers, or None."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{rest[node]}{path}", data=body and json.dumps(body).encode(),
        method="POST" if body else "GET")
    try:
        with urllib.request.urlopen(request, timeout=60 if body else 2) as answer:
            text = answer.read().decode()
        return json.loads(text) if text[:1] == "{" else text
    except (OSError, ValueError):
        return None


def leader():
    for node in NODES:
        if ask(node, "/leader") is not None:
            return node
    return None


def members():
    node = leader()
    found = node is not None and ask(node, "/cluster")
    return {member["name"]: member for member in found["members"]} if found else {}


def until(what, seconds, is_so):
    begin = time.monotonic()
    while not is_so():
        if time.monotonic() - begin > seconds:
            raise SystemExit(f"{what}: not within {seconds} s; logs are in {FOLDER}")
        time.sleep(0.2)
    return time.monotonic() - begin


def is_whole():
    found = members().values()
    return len(found) == 3 and all(each["state"] in ("running", "streaming") for each in found) and any(
        each["role"] == "sync_standby" for each in found)


def database_processes(node):
    try:
        with open(f"{home(node)}/pg/postmaster.pid") as file:
            parent = int(file.readline())
    except (OSError, ValueError):
        return []
    found = [parent]
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{entry}/stat") as file:
                if int(file.read().rsplit(")", 1)[1].split()[1]) == parent:
                    found.append(int(entry))
        except (OSError, ValueError, IndexError):
            pass
    return found


def send(number, ids):
    for each in ids:
        try:
            os.kill(each, number)
        except ProcessLookupError:
            pass


def hit(node):
    agent = processes[node, "patroni"].pid
    if options.fault == "kill-node":
        send(signal.SIGKILL, [agent] + database_processes(node) + [processes[node, "etcd"].pid])
    elif options.fault == "kill-database":
        send(signal.SIGKILL, database_processes(node)[:1])
    elif options.fault == "freeze-agent":
        send(signal.SIGSTOP, [agent])
    elif options.fault == "switch":
        ask(node, "/switchover", {"leader": f"n{node}"})


def trial():
    for node in NODES:
        configure(node)
        start(node, "etcd")
    time.sleep(2)
    for node in NODES:
        start(node, "patroni")
    print(f"cluster with a synchronous standby after {until('cluster', 120, is_whole):.1f} s", flush=True)
    # For a moment after it joined, a standby may not be waited for yet.
    time.sleep(4)

    hosts = ",".join("127.0.0.1" for _ in NODES)
    address = (f"host={hosts} port={','.join(str(database[node]) for node in NODES)} user=postgres dbname=postgres "
               f"target_session_attrs=read-write")
    client = subprocess.Popen(
        [options.client, "ledger", "--store", address, "--ledger", f"{FOLDER}/ledger"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True)
    try:
        time.sleep(options.seconds)
        before = leader()
        print(f"{options.fault} of the primary, node {before}", flush=True)
        hit(before)
        if options.fault in ("kill-node", "freeze-agent", "switch"):
            elapsed = until("successor", 90, lambda: leader() not in (None, before))
            print(f"successor, node {leader()}, after {elapsed:.1f} s", flush=True)
        time.sleep(options.seconds)
        if options.fault == "kill-node":
            for what in ("patroni", "etcd"):
                processes[before, what].wait()
            start(before, "etcd")
            start(before, "patroni")
        send(signal.SIGCONT, [processes[before, "patroni"].pid])
        print(f"whole again after {until('recovery', 120, is_whole):.1f} s", flush=True)
        output, _ = client.communicate("", timeout=180)
    finally:
        if client.poll() is None:
            client.kill()
    figures = json.loads(output.strip().splitlines()[-1])
    with open(f"{FOLDER}/ledger") as file:
        entries = sum(1 for _ in file)
    for name, value in figures.items():
        print(f"{name}: {value:g}")
    good = (figures["lost"] == 0 and figures["doubled"] == 0 and figures["acknowledged"] == entries > 100
            and figures["longestGapSeconds"] < LIMIT)
    print("PASSED: nothing acknowledged was lost, nothing happened twice" if good else "FAILED", flush=True)
    return good


def stop():
    for what in ("patroni", "etcd"):
        for node in NODES:
            process = processes.get((node, what))
            if process:
                send(signal.SIGCONT, [process.pid])
                send(signal.SIGTERM, [process.pid])
        for node in NODES:
            process = processes.get((node, what))
            try:
                if process:
                    process.wait(20)
            except subprocess.TimeoutExpired:
                send(signal.SIGKILL, [process.pid])
    for node in NODES:
        send(signal.SIGKILL, database_processes(node))


for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, lambda *_: sys.exit("stopped"))
if os.getuid() == 0:
    os.chmod(FOLDER, 0o755)
passed = False
try:
    passed = trial()
finally:
    stop()
    if passed:
        shutil.rmtree(FOLDER, ignore_errors=True)
sys.exit(0 if passed else 1)
