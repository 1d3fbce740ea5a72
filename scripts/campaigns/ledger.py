"""What was acknowledged, in a file of its own that is on the disk before anything rests on it; and what a log must hold."""
import collections
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import subprocess
import threading

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent


def load_verifier():
    loader = importlib.machinery.SourceFileLoader("verify_chain", str(SCRIPTS / "verify-chain"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("verify_chain", loader))
    loader.exec_module(module)
    return module


class Ledger:
    def __init__(self, path):
        self.file, self.lock = open(path, "a", buffering=1), threading.Lock()
        self.acknowledged = collections.defaultdict(dict)
        self.complaints = []

    def note(self, case, key, version):
        with self.lock:
            self.file.write(json.dumps([case, key, version]) + "\n")
            os.fsync(self.file.fileno())
            self.acknowledged[case][key] = version

    def complain(self, text):
        with self.lock:
            self.complaints.append(text)

    @property
    def count(self):
        return sum(map(len, self.acknowledged.values()))


def export(binglian, case, store):
    """The lines of a case's log, by the program's own command."""
    done = subprocess.run(
        [binglian, "log", case, "--format", "jsonl", "--store", store], capture_output=True, text=True)
    return [line for line in done.stdout.split("\n") if line] if done.returncode == 0 else []


def check_case(lines, case, acknowledged, verifier):
    """What is wrong with the log of a case: nothing, if all is well."""
    faults = []
    verdict = verifier.verify(lines, None) if lines else "there is no log"
    if isinstance(verdict, str):
        return [f"{case}: {verdict}"]
    events = [json.loads(line) for line in lines]
    runs, keys = [], set()
    for event in events:
        if not runs or runs[-1] != event["key"]:
            if event["key"] in keys:
                faults.append(f"{case}: the command {event['key']} stands twice in the log")
            runs.append(event["key"])
            keys.add(event["key"])
    last = {event["key"]: event["sequence"] for event in events}
    for key, version in acknowledged.items():
        if key not in keys:
            faults.append(f"{case}: the acknowledged command {key} is lost")
        elif version is not None and last[key] != version:
            faults.append(f"{case}: {key} was answered with version {version} and ends at {last[key]}")
    effects = collections.Counter()
    for event in events:
        what = event["payload"]["what"]
        if event["kind"] == "cardRaised":
            effects["the card " + what["cardRaised"]["card"]] += 1
        elif event["kind"] in ("begun", "completed", "milestoneReached", "becameReady", "admitted", "filed"):
            effects[f"{event['kind']} of {event['payload'].get('item')}"] += 1
    faults += [f"{case}: {name} stands {count} times in the log" for name, count in effects.items() if count > 1]
    return faults
