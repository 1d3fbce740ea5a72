"""An office under test: nodes of the real program on one store, the workflow of its cases, and people who ask over HTTP."""
import datetime
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import threading
import time

PASSWORD = "binglian-demo"
FIRST_DATE = datetime.date(2026, 3, 2)
WORKS = 12

WORKFLOW = """workflow: campaign
version: "1"
title: {zh: 故障演练, en: Campaign}
processType: 3
source: assumed
calendar: weekdays
facts:
  floorArea: {type: number, unit: m2, default: 100}
departments:
  planning: {zh: 规划, en: Planning}
  survey: {zh: 测绘, en: Survey}
  owner: {zh: 建设单位, en: Owner}
targets:
  - {id: t, limit: 90 wd, from: entered, to: completed, counts: [gov], source: assumed}
stages:
  - id: works
    title: {zh: 工程, en: Works}
    national: 4
    lead: planning
    items:
      - {id: entered, title: {zh: 开始, en: Start}, kind: milestone}
      - {id: land-survey, title: {zh: 测绘, en: Survey}, kind: utility, department: survey, takes: 1 wd,
         after: [entered], source: assumed}
      - {id: permit, title: {zh: 许可, en: Permit}, kind: approval, department: planning, takes: 3 wd, limit: 5 wd,
         after: [entered], milestone: true, source: assumed}
      - {id: lagged, title: {zh: 间歇之后, en: After a lag}, kind: milestone, after: [{item: entered, lag: 2 wd}]}
      - {id: completed, title: {zh: 完成, en: End}, kind: milestone, after: [permit, land-survey]}
WORKS"""


def workflow():
    works = "".join(
        f"      - {{id: work-{n}, title: {{zh: 工作, en: Work}}, kind: applicant, department: owner, takes: 1 wd,"
        " after: [entered], source: assumed}\n" for n in range(WORKS))
    return WORKFLOW.replace("WORKS", works)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


class Days:
    """The office's days pass at a pace, over all starts of its nodes."""

    def __init__(self, pace):
        self.pace, self.begun = pace, time.monotonic()

    @property
    def today(self):
        return FIRST_DATE + datetime.timedelta(days=int((time.monotonic() - self.begun) / self.pace))


class Node:
    """One process of `binglian serve`."""

    def __init__(self, binglian, name, store, folder, days, connectors=None, environment=None):
        self.binglian, self.name, self.store, self.folder, self.days = binglian, name, store, folder, days
        self.connectors, self.environment = connectors, environment
        self.port, self.process = free_port(), None
        self.log = f"{folder}/{name}.log"

    def start(self, *more):
        command = [
            self.binglian, "serve", "--store", self.store, "--address", f"127.0.0.1:{self.port}", "--rate", "0", "--lang", "en",
            "--node", self.name, "--files", f"{self.folder}/files", "--from", str(self.days.today),
            "--pace", f"1d={int(self.days.pace * 1000)}ms", *more]
        if self.connectors:
            command += ["--connectors", self.connectors]
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env=dict(os.environ, **(self.environment or {})))

    def ask(self, path, timeout=5):
        try:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
            link.request("GET", path)
            answer = link.getresponse()
            answer.read()
            link.close()
            return answer.status
        except OSError:
            return None
        except http.client.HTTPException:
            return None

    def wait(self, limit=60):
        """Seconds until it answers."""
        begun = time.monotonic()
        while self.ask("/readyz") != 200:
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} ended by itself ({self.process.returncode}); see {self.log}:\n{self.tail()}")
            if time.monotonic() - begun > limit:
                raise SystemExit(f"{self.name} does not answer; see {self.log}:\n{self.tail()}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def tail(self):
        with open(self.log) as log:
            return "".join(log.readlines()[-5:])

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()


class Refused(Exception):
    """An answer that another try does not change."""


class People:
    """Sends requests until they are answered, whatever node it takes; a write keeps its key."""

    tokens, signing = {}, threading.Lock()  # sessions live in the store, so all of them may use one

    def __init__(self, nodes, seed):
        self.nodes, self.random, self.links = nodes, random.Random(seed), {}
        self.tries = 0
        self.stopped = threading.Event()

    def once(self, node, method, path, body, headers):
        link = self.links.get(node.name)
        if link is None:
            link = self.links[node.name] = http.client.HTTPConnection("127.0.0.1", node.port, timeout=8)
        try:
            link.request(method, path, body=body, headers=headers)
            answer = link.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            link.close()
            self.links.pop(node.name, None)
            return None, b""

    def send(self, method, path, value=None, account=None, key=None, kind="application/json", text=None):
        body = text.encode() if text is not None else json.dumps(value).encode() if value is not None else None
        headers = {"Content-Type": kind, "Accept-Language": "en"}
        if key:
            headers["Idempotency-Key"] = key
        while not self.stopped.is_set():
            node = self.random.choice(self.nodes)
            if account:
                headers["Authorization"] = f"Bearer {self.token(account)}"
            self.tries += 1
            status, data = self.once(node, method, path, body, headers)
            if status is not None and 200 <= status < 300:
                return json.loads(data) if data else None
            code = problem(data)
            if status == 401 and account:
                self.tokens.pop(account, None)
            elif status == 429:
                time.sleep(1)
            elif status is not None and status < 500 and code not in ("keyUnderWay", "dateBeforeLast"):
                raise Refused(f"{method} {path} under {key}: {status} {code}: {data[:300]!r}")
            elif status == 500:
                raise Refused(f"{method} {path} under {key}: {status} {data[:300]!r}")
            time.sleep(self.random.uniform(0.005, 0.05))
        raise InterruptedError

    def token(self, account):
        with self.signing:
            if account in self.tokens:
                return self.tokens[account]
            signed = self.send("POST", "/v1/sessions", {"account": account, "password": PASSWORD})
            self.tokens[account] = signed["token"]
            return self.tokens[account]


def problem(data):
    try:
        return json.loads(data).get("code", "")
    except (ValueError, AttributeError):
        return ""


def furnish(binglian, store, folder, days):
    """Accounts and calendars of the demonstration, and the campaign's own workflow, released."""
    node = Node(binglian, "furnisher", store, folder, days)
    node.start("--demo")
    node.wait(120)
    people = People([node], 0)
    people.send("POST", "/v1/workflows?note=campaign&effective=2026-03-01", account="editor", key="furnish.write",
                kind="application/yaml", text=workflow())
    people.send("POST", "/v1/workflows/campaign/1/release", account="editor2", key="furnish.release", text="")
    owner = people.send("GET", "/v1/session", account="agent")["post"]["owners"][0]
    # The demonstration's past is played before it is left.
    end = time.monotonic() + 60
    while time.monotonic() < end and not re.search("node started", open(node.log).read()):
        time.sleep(0.1)
    node.stop()
    return owner
