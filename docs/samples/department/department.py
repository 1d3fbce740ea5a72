#!/usr/bin/env python3
"""A department's own system, as small as it gets: takes signed requests from Binglian and answers them. 部门系统示例。

    export SURVEY_SECRET="whsec_$(head -c 32 /dev/urandom | base64)"
    python3 department.py --port 8090 --secret-from SURVEY_SECRET --callback http://127.0.0.1:8080/v1/callbacks/survey

Python's standard library alone. What it shows of every message: the signature is checked before anything is read; an id that
was seen before is answered 200 and done once; a fencing token below the highest seen is refused; the answer goes back signed
in the same way, with an id of its own that stays the same when it is sent again.
"""
import argparse
import base64
import hashlib
import hmac
import http.server
import json
import os
import sys
import time
import urllib.request

TOLERANCE = 300  # seconds
LIMIT = 1 << 20  # bytes of a message


def key_of(secret):
    return base64.b64decode(secret.removeprefix("whsec_"))


def sign(secret, message_id, timestamp, body):
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest()).decode()


def is_genuine(secret, headers, body):
    """Whether the message is from who has the secret, and new."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    wanted = sign(secret, message_id, timestamp, body)
    return any(hmac.compare_digest(wanted, given) for given in headers.get("webhook-signature", "").split())


class Department:
    """What the department knows: messages it has had, and what it answered."""

    def __init__(self, secret, callback, officer):
        self.secret, self.callback, self.officer = secret, callback, officer
        self.seen, self.highest_token, self.done = set(), 0, []

    def take(self, headers, body):
        """The status of the answer."""
        if not is_genuine(self.secret, headers, body):
            return 401
        token = int(headers.get("binglian-fencing-token", "0"))
        if token < self.highest_token:
            return 409
        self.highest_token = token
        message_id = headers["webhook-id"]
        if message_id in self.seen:
            return 200
        event = json.loads(body)
        # Structured: the event is the body. Binary: its attributes are headers, and the body is the data.
        request = event["data"] if "specversion" in event else event
        self.seen.add(message_id)
        self.done.append(request)
        print(json.dumps({"took": message_id, "task": request["task"], "due": request["due"]}), flush=True)
        if self.callback and request["task"] == "complete":
            self.answer(request, {"complete": {}})
        return 200

    def answer(self, request, command):
        """Sends the answer to the office."""
        body = json.dumps({
            "case": request["case"], "request": request["request"], "item": request["item"], "officer": self.officer,
            "command": command,
        }, ensure_ascii=False).encode()
        message_id = "answer." + hashlib.sha256(f"{request['case']} {request['request']}".encode()).hexdigest()[:32]
        timestamp = str(int(time.time()))
        headers = {
            "content-type": "application/json", "webhook-id": message_id, "webhook-timestamp": timestamp,
            "webhook-signature": sign(self.secret, message_id, timestamp, body),
        }
        call = urllib.request.Request(self.callback, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(call, timeout=10) as response:
                print(json.dumps({"answered": message_id, "status": response.status}), flush=True)
        except OSError as error:
            print(json.dumps({"answered": message_id, "error": str(error)}), flush=True)


def handler(department):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            length = int(self.headers.get("content-length", "0"))
            if not 0 < length <= LIMIT:
                self.close_connection = True
                return self.reply(413)
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                self.reply(department.take(headers, self.rfile.read(length)))
            except (ValueError, KeyError):
                self.reply(400)

        def reply(self, status):
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    return Handler


def main():
    parser = argparse.ArgumentParser(description="A department's own system, as small as it gets.")
    parser.add_argument("--port", type=int, default=8090, help="0 takes a free one")
    parser.add_argument("--secret-from", default="DEPARTMENT_SECRET", help="the variable that holds the secret")
    parser.add_argument("--callback", help="where answers go; without it nothing is answered")
    parser.add_argument("--officer", default="officer-1")
    arguments = parser.parse_args()
    secret = os.environ.get(arguments.secret_from, "")
    if not secret.startswith("whsec_"):
        sys.exit(f"{arguments.secret_from} is not set to a secret that begins with whsec_")
    department = Department(secret, arguments.callback, arguments.officer)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), handler(department))
    print(json.dumps({"port": server.server_address[1]}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
