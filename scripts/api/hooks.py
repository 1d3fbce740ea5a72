"""What schemathesis has to know of the service: a write carries a key of its own, and every other request is about something
that is there (a case, an item, a workflow of the demonstration), so that more than 'not found' is tried."""

import itertools
import json
import os
import random
import urllib.request

import schemathesis

_numbers = itertools.count()
_random = random.Random(7)
_known = None


def _get(base, path, headers):
    request = urllib.request.Request(base + path, headers=headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _things(case):
    """Names of what is there, found once as whoever asks; nobody has none."""
    global _known
    if _known is None:
        _known = {
            "workflow": ["cq-social-general"], "version": ["2019.1"], "calendar": ["cn"], "year": ["2026"],
            "figure": ["overdue", "departments", "channels", "ratings", "ledger", "bottlenecks"], "account": ["owner"],
            "verb": ["file", "admit", "sign", "decide", "opine", "begin", "complete", "withdraw"],
        }
        token = os.environ.get("BINGLIAN_TOKEN")
        base = os.environ["BINGLIAN_BASE"]
        if token:
            headers = {"Authorization": f"Bearer {token}"}
            try:
                rows = _get(base, "/v1/cases?limit=20", headers)["rows"]
                _known["case"] = [row["case"] for row in rows]
                _known["project"] = [row["project"] for row in rows]
                items = _get(base, f"/v1/cases/{_known['case'][0]}/items", headers)["items"]
                _known["item"] = [item["id"] for item in items]
                _known["case"] = _known["case"][:1] * 3 + _known["case"]
            except (OSError, LookupError):
                pass
    return _known


@schemathesis.hook
def before_call(context, case, *args):
    if case.method.upper() not in ("GET", "HEAD", "OPTIONS"):
        headers = dict(case.headers or {})
        headers["Idempotency-Key"] = f"fuzz-{os.getpid()}-{next(_numbers)}"
        case.headers = headers
    if case.path_parameters and _random.random() < 0.5:
        things = _things(case)
        parameters = dict(case.path_parameters)
        for name in parameters:
            if things.get(name):
                parameters[name] = _random.choice(things[name])
        case.path_parameters = parameters
