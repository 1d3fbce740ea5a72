#!/usr/bin/env python3
"""Rates of the service over HTTP, by wrk, beside nginx in the same run."""

import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.request

WORKS = 40
CASES = 400


def request(base, method, path, token=None, body=None, kind="application/json", key=None):
    headers = {"Content-Type": kind}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if key:
        headers["Idempotency-Key"] = key
    sent = urllib.request.Request(base + path, data=body.encode() if body is not None else None, headers=headers, method=method)
    with urllib.request.urlopen(sent) as answer:
        return answer.read()


def workflow():
    works = "\n".join(
        f"      - {{id: work-{n}, title: {{zh: 工作, en: Work}}, kind: applicant, department: owner, takes: 1 wd,"
        f" after: [entered], source: assumed}}"
        for n in range(WORKS)
    )
    return f"""workflow: bench
version: "1"
title: {{zh: 测速, en: Bench}}
processType: 3
source: assumed
calendar: weekdays
facts:
  floorArea: {{type: number, unit: m2, default: 100}}
departments:
  planning: {{zh: 规划, en: Planning}}
  owner: {{zh: 建设单位, en: Owner}}
targets:
  - {{id: t, limit: 30 wd, from: entered, to: completed, counts: [gov], source: assumed}}
stages:
  - id: works
    title: {{zh: 工程, en: Works}}
    national: 4
    lead: planning
    items:
      - {{id: entered, title: {{zh: 开始, en: Start}}, kind: milestone}}
      - {{id: permit, title: {{zh: 许可, en: Permit}}, kind: approval, department: planning, takes: 3 wd,
         limit: 5 wd, after: [entered], milestone: true, source: assumed}}
{works}
      - {{id: completed, title: {{zh: 完成, en: End}}, kind: milestone, after: [permit]}}
"""


def wrk(arguments, url, script=None, seconds=8):
    command = ["wrk", *arguments, f"-d{seconds}s", "--latency"] + (["-s", script] if script else []) + [url]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    p99 = re.search(r"99%\s+(\S+)", text)[1]
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return rate, p99, int(refused[1]) if refused else 0


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--binglian", required=True)
    options.add_argument("--scratch", required=True)
    chosen = options.parse_args()
    scratch = pathlib.Path(chosen.scratch)
    log = open(scratch / "log", "w")
    server = subprocess.Popen(
        [chosen.binglian, "serve", "--demo", "--on", "2026-03-09", "--store", str(scratch / "bench.db"), "--address",
         "127.0.0.1:0", "--rate", "0", "--lang", "en"], stdout=log, stderr=log)
    base = None
    for _ in range(300):
        found = re.search(r"Serving at  (\S+)/", (scratch / "log").read_text())
        if found:
            base = found[1]
            break
        time.sleep(0.1)
    assert base, (scratch / "log").read_text()

    def sign_in(account):
        body = json.dumps({"account": account, "password": "binglian-demo"})
        return json.loads(request(base, "POST", "/v1/sessions", body=body))["token"]

    window, owner = sign_in("window"), sign_in("agent")
    time.sleep(3)

    # A case, read.
    rows = json.loads(request(base, "GET", "/v1/cases?limit=50", window))["rows"]
    case = rows[0]["case"]
    document = request(base, "GET", f"/v1/cases/{case}", window)
    (scratch / "www").mkdir()
    (scratch / "www" / "case.json").write_bytes(document)
    os.chmod(scratch, 0o755)
    (scratch / "nginx.conf").write_text(f"""
worker_processes 1; pid {scratch}/nginx.pid; error_log {scratch}/nginx.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; open_file_cache max=10;
  server {{ listen 127.0.0.1:18099; root {scratch}/www; }} }}
""")
    nginx = subprocess.Popen(["/usr/sbin/nginx", "-c", str(scratch / "nginx.conf"), "-g", "daemon off;"])
    time.sleep(1)
    (scratch / "get.lua").write_text(f'wrk.headers["Authorization"] = "Bearer {window}"\n')
    theirs, _, _ = wrk(["-t1", "-c16"], "http://127.0.0.1:18099/case.json")
    ours, p99, refused = wrk(["-t1", "-c16"], f"{base}/v1/cases/{case}", str(scratch / "get.lua"))
    nginx.send_signal(signal.SIGTERM)
    print(f"GET a case, {len(document)} bytes: {ours:,.0f}/s, p99 {p99}, {refused} refused; "
          f"nginx static {theirs:,.0f}/s; {100 * ours / theirs:.0f} %", flush=True)

    # Tasks, completed.
    editor, second = sign_in("editor"), sign_in("editor2")
    request(base, "POST", "/v1/workflows?note=bench&effective=2026-03-01", editor, workflow(), "application/yaml", "w1")
    request(base, "POST", "/v1/workflows/bench/1/release", second, "", key="w2")
    owner_code = json.loads(request(base, "GET", "/v1/session", owner))["post"]["owners"][0]
    for number in range(CASES):
        body = json.dumps({
            "workflow": "bench", "id": f"bench-{number}",
            "project": {"project": "2401-500112-04-01-000001", "title": {"zh": "测速", "en": "Bench"},
                        "owner": {"zh": "测速业主", "en": "Bench owner", "creditCode": owner_code}, "facts": {"floorArea": 100}}})
        request(base, "POST", "/v1/cases", owner, body, key=f"o{number}")
    (scratch / "post.lua").write_text(f"""
local thread = 0
function setup(t) t:set("offset", thread); thread = thread + 1 end
function init() n = 0 end
function request()
  local k = n * 2 + offset
  n = n + 1
  local step = math.floor(k / {CASES * WORKS})
  local item = math.floor(k / {CASES}) % {WORKS}
  local verb = step == 0 and "begin" or "complete"
  return wrk.format("POST", "/v1/cases/bench-" .. (k % {CASES}) .. "/items/work-" .. item .. "/" .. verb,
    {{["Authorization"] = "Bearer {owner}", ["Content-Type"] = "application/json",
      ["Idempotency-Key"] = "b." .. offset .. "." .. n}}, "{{}}")
end
""")
    rate, p99, refused = wrk(["-t2", "-c32"], base, str(scratch / "post.lua"), seconds=4)
    print(f"Tasks, 32 clients, SQLite FULL: {rate:,.0f}/s, p99 {p99}, {refused} refused", flush=True)
    server.send_signal(signal.SIGTERM)
    server.wait(30)
    print(f"ended with {server.returncode}")


main()
