"""What schemathesis has to know of the service: a write carries a key of its own, or it is an earlier one sent again."""

import itertools
import os

import schemathesis

_numbers = itertools.count()


@schemathesis.hook
def before_call(context, case, *args):
    if case.method.upper() not in ("GET", "HEAD", "OPTIONS"):
        headers = dict(case.headers or {})
        headers["Idempotency-Key"] = f"fuzz-{os.getpid()}-{next(_numbers)}"
        case.headers = headers
