"""A department's own system that notes what it is told, and answers it: for the campaigns, with faults of its own."""
import base64
import hashlib
import hmac
import http.client
import http.server
import json
import os
import queue
import random
import threading
import time

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()


def sign(message_id, timestamp, body):
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    return "v1," + base64.b64encode(
        hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()).decode()


class Department:
    """Takes each message once by its id, and answers over HTTP until the answer is acknowledged.

    One message in ten it takes and fails to say so, so that it comes again.
    """

    def __init__(self, nodes, ledger, seed):
        self.nodes, self.ledger, self.random = nodes, ledger, random.Random(seed)
        self.lock = threading.Lock()
        self.receipts, self.effects, self.inversions, self.newest = {}, {}, [], {}
        self.waiting = queue.Queue()
        self.stopped = threading.Event()
        department = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                status = department.take(self.headers, body)
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a node that was killed in the middle of a request

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.workers = [threading.Thread(target=self.answer_all, args=(n,), daemon=True) for n in range(2)]
        for worker in self.workers:
            worker.start()

    def connectors(self, folder):
        path = f"{folder}/connectors.yaml"
        with open(path, "w") as file:
            file.write(f"connectors:\n  - department: survey\n    url: http://127.0.0.1:{self.port}/events\n"
                       f"    secrets: [{SECRET}]\n    allow: [127.0.0.0/8]\n    timeout: 5s\n")
        os.chmod(path, 0o600)
        return path

    def take(self, headers, body):
        message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not hmac.compare_digest(sign(message_id, timestamp, body), headers.get("webhook-signature", "")):
            return 401
        with self.lock:
            isNew = message_id not in self.receipts
            self.receipts[message_id] = self.receipts.get(message_id, 0) + 1
            if isNew:
                request = json.loads(body)["data"]
                self.effects[message_id] = self.effects.get(message_id, 0) + 1
                if request["task"] == "complete":
                    self.waiting.put(request)
            return 500 if self.random.random() < 0.1 else 200

    def answer_all(self, number):
        chance = random.Random(number)
        while not (self.stopped.is_set() and self.waiting.empty()):
            try:
                request = self.waiting.get(timeout=0.1)
            except queue.Empty:
                continue
            key = "answer." + hashlib.sha256(f"{request['case']} {request['request']}".encode()).hexdigest()[:32]
            body = json.dumps({"case": request["case"], "request": request["request"], "item": request["item"],
                               "officer": "survey-03", "command": {"complete": {}}}).encode()
            while not self.answer(chance.choice(self.nodes), request, key, body):
                time.sleep(0.05)

    def answer(self, node, request, key, body):
        timestamp = str(int(time.time()))
        headers = {"content-type": "application/json", "webhook-id": key, "webhook-timestamp": timestamp,
                   "webhook-signature": sign(key, timestamp, body)}
        try:
            link = http.client.HTTPConnection("127.0.0.1", node.port, timeout=8)
            link.request("POST", "/v1/callbacks/survey", body=body, headers=headers)
            answer = link.getresponse()
            data = answer.read()
            link.close()
        except (OSError, http.client.HTTPException):
            return False
        if 200 <= answer.status < 300:
            self.ledger.note(request["case"], key, json.loads(data).get("version"))
            return True
        if answer.status < 500 and b"dateBeforeLast" not in data:
            self.ledger.complain(f"the department's answer {key} to {request['case']} was refused: {answer.status} {data[:300]!r}")
            return True
        return False
