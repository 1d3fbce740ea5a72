#!/usr/bin/env python3
"""A large office over HTTP: start, memory, lists and live updates on a store made by `binglian-bench office`."""

import argparse
import http.client
import json
import pathlib
import re
import signal
import subprocess
import threading
import time
import urllib.request

ROLES = {
    "window": {"role": "window"},
    "officer": {"role": "approver", "department": "natural-resources"},
    "supervisor": {"role": "supervisor"},
    "manager": {"role": "manager"},
    "owner": {"role": "applicant", "owners": ["第 7 建设单位"]},
    "unit": {"role": "technicalUnit", "department": "review-agency"},
}
PASSWORD = "correct horse battery"


class Service:
    def __init__(self, binglian, store, date, log):
        self.log = open(log, "w")
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [binglian, "serve", "--store", store, "--on", date, "--address", "127.0.0.1:0", "--rate", "0", "--lang", "en"],
            stdout=self.log, stderr=self.log)
        self.base = None
        while self.base is None:
            text = pathlib.Path(log).read_text()
            found = re.search(r"Serving at  (http://\S+)/", text)
            if found:
                self.base = found[1]
            else:
                assert self.process.poll() is None, text
                time.sleep(0.005)
        self.text = text
        self.host = self.base.removeprefix("http://")

    def first_page(self):
        with urllib.request.urlopen(self.base + "/sign-in") as answer:
            answer.read()
        return time.monotonic() - self.began

    def status(self, name):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024

    def descriptors(self):
        return len(list(pathlib.Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def send(self, method, path, token=None, body=None, key=None):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if key:
            headers["Idempotency-Key"] = key
        sent = urllib.request.Request(
            self.base + path, data=json.dumps(body).encode() if body is not None else None, headers=headers, method=method)
        with urllib.request.urlopen(sent) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def sign_in(self, account, password=PASSWORD):
        return self.send("POST", "/v1/sessions", body={"account": account, "password": password})["token"]

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(40)
        return self.process.returncode


def accounts(service, kept):
    """Tokens for every role, whose accounts are opened the first time."""
    if not kept.exists():
        password = re.search(r"The password is  (\S+)", pathlib.Path(service.log.name).read_text())[1]
        admin, security = service.sign_in("admin", password), service.sign_in("security", password)
        for name, post in ROLES.items():
            service.send("POST", "/v1/accounts", admin, {"id": name, "name": name, "password": PASSWORD}, f"open-{name}")
            service.send("PUT", f"/v1/accounts/{name}/posts", security, {"posts": [post], "reason": "bench"}, f"post-{name}")
        kept.write_text("opened")
    return {name: service.sign_in(name) for name in ROLES}


def timed(service, path, token, times, connections=4):
    """Milliseconds of that many requests, sorted, and the bytes of an answer."""
    found, sizes, lock = [], set(), threading.Lock()

    def ask(count):
        connection = http.client.HTTPConnection(service.host)
        for _ in range(count):
            begin = time.perf_counter()
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            text = answer.read()
            took = (time.perf_counter() - begin) * 1000
            assert answer.status == 200, (path, answer.status, text[:300])
            with lock:
                found.append(took)
                sizes.add(len(text))
        connection.close()

    threads = [threading.Thread(target=ask, args=(times // connections,)) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found), max(sizes)


def share(values, part):
    return values[min(len(values) - 1, int(len(values) * part))]


LISTS = [
    ("window", "/work"), ("officer", "/work"), ("owner", "/work"), ("manager", "/work"), ("supervisor", "/work"),
    ("window", "/cases"), ("manager", "/cases?sort=updated"), ("manager", "/cases?sort=finish"),
    ("officer", "/cases?light=overduePromised"), ("manager", "/cases?light=near"), ("manager", "/cases?q=04-01-0543"),
    ("owner", "/cases"), ("unit", "/cases"), ("supervisor", "/supervision"),
    ("supervisor", "/supervision?department=natural-resources"), ("window", "/v1/cases?limit=50"),
    ("owner", "/v1/cases?limit=50"), ("window", "/v1/tasks?limit=50"), ("officer", "/v1/tasks?limit=50"),
]


def lists(service, tokens, times):
    for role, path in LISTS:
        first, _ = timed(service, path, tokens[role], 1, 1)
        # One after another: what a request takes, without waiting for others.
        alone, size = timed(service, path, tokens[role], times, 1)
        print(f"{role:10} {path:45} first {first[0]:7.1f} ms, p50 {share(alone, 0.5):6.1f}, p99 {share(alone, 0.99):6.1f} ms,"
              f" {size / 1000:.0f} kB", flush=True)


def pages(service, tokens, role, path, count):
    """Follows a list from page to page."""
    took, text = [], ""
    for _ in range(count):
        connection = http.client.HTTPConnection(service.host)
        begin = time.perf_counter()
        connection.request("GET", path, headers={"Authorization": f"Bearer {tokens[role]}"})
        text = connection.getresponse().read().decode()
        took.append((time.perf_counter() - begin) * 1000)
        found = re.search(r'href="([^"]+)"[^>]*>(?:下一页|Next page)', text)
        if not found:
            break
        path = found[1].replace("&amp;", "&")
    took.sort()
    print(f"{len(took)} pages of {role}'s list one after another: p50 {share(took, .5):.1f}, p99 {share(took, .99):.1f} ms")


def live(service, token, watchers, seconds, rate, cases):
    """Subscribers, and so many changes a second: how long a change takes to reach them."""
    heard, opened, over = [], threading.Semaphore(0), threading.Event()
    sent, lock = {}, threading.Lock()

    import selectors
    import socket
    host, port = service.host.split(":")
    chooser = selectors.DefaultSelector()
    sockets = []
    for number in range(watchers):
        made = socket.create_connection((host, int(port)))
        made.sendall(f"GET /live HTTP/1.1\r\nHost: {service.host}\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        made.setblocking(False)
        sockets.append(made)
        chooser.register(made, selectors.EVENT_READ, number)

    def listen():
        while not over.is_set():
            for key, _ in chooser.select(0.2):
                try:
                    data = key.fileobj.recv(65536)
                except BlockingIOError:
                    continue
                if not data:
                    chooser.unregister(key.fileobj)
                    continue
                now = time.perf_counter()
                for case, version in re.findall(rb'"case":"([^"]+)","version":(\d+)', data):
                    with lock:
                        begun = sent.get((case.decode(), int(version)))
                    if begun is not None:
                        heard.append((now - begun) * 1000)

    listener = threading.Thread(target=listen)
    listener.start()
    time.sleep(2)
    window = service.sign_in("supervisor")
    begin = time.perf_counter()
    done = 0
    connection = http.client.HTTPConnection(service.host)
    while time.perf_counter() - begin < seconds:
        due = begin + done / rate
        time.sleep(max(0, due - time.perf_counter()))
        case = cases[done % len(cases)]
        connection.request(
            "POST", f"/v1/cases/{case}/commands",
            json.dumps({"supervise": {"command": {"followUp": {"department": "housing", "demand": f"bench {done}"}}}}),
            {"Authorization": f"Bearer {window}", "Content-Type": "application/json", "Idempotency-Key": f"live-{done}-{begin}"})
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text[:500]
        with lock:
            sent[(case, json.loads(text)["version"])] = time.perf_counter()
        done += 1
    time.sleep(1)
    over.set()
    listener.join()
    heard.sort()
    memory = service.status("VmRSS")
    for made in sockets:
        made.close()
    print(f"{watchers} subscribers, {done / seconds:.0f} changes/s for {seconds} s: {len(heard)} of {done * watchers} heard,"
          f" p50 {share(heard, .5):.0f} ms, p99 {share(heard, .99):.0f} ms, resident {memory:.0f} MiB", flush=True)


def mixed(service, tokens, cases, seconds):
    """Everybody at once for a while: whether memory and descriptors grow."""
    over, counts, lock = time.monotonic() + seconds, [], threading.Lock()

    def ask(number):
        connection = http.client.HTTPConnection(service.host)
        asked = 0
        while time.monotonic() < over:
            role, path = LISTS[(number + asked) % len(LISTS)]
            if asked % 3 == 1:
                role, path = "window", f"/v1/cases/{cases[(number * 7919 + asked) % len(cases)]}"
            if asked % 3 == 2:
                role, path = "officer", f"/cases/{cases[(number * 104729 + asked) % len(cases)]}"
            connection.request("GET", path, headers={"Authorization": f"Bearer {tokens[role]}"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, (path, answer.status)
            asked += 1
        with lock:
            counts.append(asked)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    while time.monotonic() < over:
        time.sleep(min(seconds / 6, max(0.1, over - time.monotonic())))
        print(f"  after {seconds - max(0, over - time.monotonic()):.0f} s: {service.status('VmRSS'):.0f} MiB resident,"
              f" {service.descriptors()} descriptors", flush=True)
    for thread in threads:
        thread.join()
    print(f"{sum(counts) / seconds:.0f} mixed requests/s for {seconds} s", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--binglian", required=True)
    options.add_argument("--store", required=True)
    options.add_argument("--on", default="2026-03-02")
    options.add_argument("--times", type=int, default=300)
    options.add_argument("--mixed", type=int, default=150, help="seconds of mixed load")
    options.add_argument("--live", type=int, default=15, help="seconds of live updates")
    chosen = options.parse_args()
    scratch = pathlib.Path(chosen.store).parent
    service = Service(chosen.binglian, chosen.store, chosen.on, scratch / "office.log")
    print(f"cold start to the first page: {service.first_page():.2f} s, {service.status('VmRSS'):.0f} MiB resident", flush=True)
    tokens = accounts(service, scratch / "accounts")
    lists(service, tokens, chosen.times)
    pages(service, tokens, "manager", "/cases", 200)
    pages(service, tokens, "window", "/work", 200)
    rows = service.send("GET", "/v1/cases?limit=200", tokens["window"])["rows"]
    cases = [row["case"] for row in rows]
    print(f"after the lists: {service.status('VmRSS'):.0f} MiB resident, at most {service.status('VmHWM'):.0f}", flush=True)
    if chosen.live:
        live(service, tokens["window"], 1000, chosen.live, 100, cases)
    if chosen.mixed:
        mixed(service, tokens, cases, chosen.mixed)
    print(f"at the end: {service.status('VmRSS'):.0f} MiB resident, at most {service.status('VmHWM'):.0f},"
          f" {service.descriptors()} descriptors", flush=True)
    print(f"ended with {service.end()}")


if __name__ == "__main__":
    main()
