"""That every check has a test, and the checks that need no browser."""

import json
import os
import pathlib
import re
import subprocess
import urllib.error
import urllib.request

import pytest

from conftest import PROGRAM, ROOT

HERE = pathlib.Path(__file__).parent


def test_every_check_has_a_test():
    stated = {int(n) for n in re.findall(r"^\| (\d+) \|", (HERE / "README.md").read_text(), re.M)}
    tested = {int(n) for file in HERE.glob("test_*.py") for n in re.findall(r"^def test_(\d\d)_", file.read_text(), re.M)}
    assert stated == set(range(1, 51))
    assert tested == stated, sorted(stated ^ tested)


def ask(base_url, path, language, method="GET", body=None, token=None, **headers):
    request = urllib.request.Request(base_url + path, method=method, data=body, headers={
        "Accept": "application/json", "Accept-Language": language, **headers,
        **({"Authorization": "Bearer " + token} if token else {})})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_17_problems_are_documents(base_url, signed_in, cases, language):
    def sign_in(account):
        status, _, text = ask(base_url, "/v1/sessions", language, "POST",
                              json.dumps({"account": account, "password": "binglian-demo"}).encode(),
                              **{"Content-Type": "application/json"})
        assert status in (200, 201), text
        return json.loads(text)["token"]

    owner = sign_in("owner")
    case = cases[0].rsplit("/", 1)[-1]
    wrong = [
        (401, ask(base_url, "/v1/cases", language)),
        (404, ask(base_url, "/v1/cases/no-such-case", language, token=owner)),
        (403, ask(base_url, "/v1/accounts", language, token=owner)),
        (400, ask(base_url, f"/v1/cases/{case}/commands", language, "POST", b"{", owner,
                  **{"Content-Type": "application/json", "Idempotency-Key": "t17b"})),
    ]
    for expected, (status, kind, text) in wrong:
        assert status == expected, text
        assert kind.startswith("application/problem+json"), (status, kind)
        problem = json.loads(text)
        assert problem["code"] and problem["title"] and problem["detail"], problem
        assert bool(re.search("[\u3400-\u9fff]", problem["title"])) == (language == "zh-CN"), problem
    # The page says the same sentence.
    page = signed_in("owner", lang="zh" if language == "zh-CN" else "en")
    page.goto("/supervision")
    _, _, text = ask(base_url, "/supervision", language, Cookie="; ".join(
        f"{c['name']}={c['value']}" for c in page.context.cookies()))
    problem = json.loads(text)
    assert problem["title"] == page.inner_text("h1") and problem["detail"] == page.inner_text(".lead")


FORBIDDEN = ["无效", "非法", "操作失败", "参数错误", "Invalid ", "Oops"]


def test_18_no_such_words_in_the_program():
    """What is said to people stands in string literals of Chinese and English; comments are not looked at."""
    for file in (ROOT / "Sources").rglob("*.swift"):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if line.lstrip().startswith("//"):
                continue
            for literal in re.findall(r'"([^"\\]*(?:\\.[^"\\]*)*)"', line):
                for word in FORBIDDEN:
                    assert word not in literal, f"{file.relative_to(ROOT)}:{number}: {literal}"


def run(*arguments, env=None, stdin=None):
    return subprocess.run([PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, input=stdin,
                          env={**os.environ, "TERM": "xterm-256color", **(env or {})})


def test_49_commands_in_a_pipe(tmp_path):
    workflow = "Workflows/wf-03-cq-social-small.yaml"
    facts = ["--facts", "Fixtures/projects/wf-03.yaml", "--start", "2026-03-02"]
    for lang in ["zh", "en"]:
        plan = run("plan", workflow, *facts, "--lang", lang)
        assert plan.returncode == 0, plan.stderr
        assert "\x1b" not in plan.stdout + plan.stderr and plan.stdout.strip()
    json.loads(run("plan", workflow, *facts, "--format", "json").stdout)
    simulated = run("simulate", workflow, *facts, "--runs", "400", "--seed", "7", "--format", "json")
    assert simulated.returncode == 0 and "\x1b" not in simulated.stdout + simulated.stderr
    json.loads(simulated.stdout)
    assert "█" not in simulated.stderr
    again = run("simulate", workflow, *facts, "--runs", "400", "--seed", "7", "--format", "json", env={"NO_COLOR": "1"})
    assert again.stdout == simulated.stdout
    broken = (ROOT / workflow).read_text().replace("kind: approval", "kind: aproval", 1)
    file = tmp_path / "broken.yaml"
    file.write_text(broken)
    assert run("check", str(file)).returncode == 1
    assert run("check", workflow).returncode == 0
    assert run("plan").returncode == 64
    assert run("no-such-command").returncode == 64


def test_49_help():
    for words in [["plan"], ["simulate"], ["check"], ["serve"], ["case", "open"]]:
        said = run(*words, "--help")
        assert said.returncode == 0 and "binglian " + words[0] in said.stdout, said.stdout[:200]
