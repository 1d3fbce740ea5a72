"""Holds the documents to the program: every JSON output to its schema, every link to its file.

Usage: check_docs.py BINGLIAN, from the project's folder.
"""

import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import referencing

ROOT = pathlib.Path.cwd()
SCHEMAS = ROOT / "docs/schemas"
failures = []


def check_links():
    """Every relative link of every document leads to a file, and to a heading if it names one."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        document = ROOT / name
        if not document.exists():
            continue
        text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            linked = document.parent / path if path else document
            if not linked.exists():
                failures.append(f"{name}: there is no {target}")
            elif anchor and linked.suffix == ".md" and anchor not in anchors(linked):
                failures.append(f"{name}: {path or name} has no heading #{anchor}")


def anchors(document):
    """The names under which a document's headings can be linked."""
    found = set(re.findall(r'<a (?:id|name)="([^"]+)"', document.read_text(encoding="utf-8")))
    for heading in re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.M):
        plain = re.sub(r"[`*]", "", heading).strip().lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found


def check_requirements():
    """docs/seeds.md: each of the 201 requirements once, and everything that a row names is there."""
    commands = re.findall(r"^### (binglian .+)$", (ROOT / "docs/cli.md").read_text(encoding="utf-8"), re.M)
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "Tests").rglob("*.swift"))
    rows = {}
    for line in (ROOT / "docs/seeds.md").read_text(encoding="utf-8").splitlines():
        match = re.match(r"\| (\d+) \| .* \| (core|support|context) \| ([a-z ]+) \| (.*) \|$", line)
        if not match:
            if re.match(r"\| *\d", line):
                failures.append(f"docs/seeds.md: no row of six columns with a known class: {line[:60]}")
            continue
        number, (state, where) = int(match[1]), (match[3], match[4])
        if number in rows:
            failures.append(f"docs/seeds.md: {number} stands twice")
        rows[number] = state
        if state not in ("works", "partly", "not yet", "context"):
            failures.append(f"docs/seeds.md: {number}: “{state}” is no state")
        named = 0
        for name in re.findall(r"`([^`]+)`", where):
            if name.startswith("binglian "):
                exists = any(re.match(re.escape(command) + r"( |$)", name) for command in commands)
            elif "/" in name:
                exists = (ROOT / name).exists()
            elif name.endswith("Tests"):
                exists = re.search(rf"\bstruct {name}\b", tests)
            else:
                continue
            named += 1
            if not exists:
                failures.append(f"docs/seeds.md: {number}: there is no {name}")
        if not where.strip() or (state in ("works", "partly") and named == 0):
            failures.append(f"docs/seeds.md: {number}: names nothing that shows it")
    if sorted(rows) != list(range(1, 202)):
        failures.append(f"docs/seeds.md: lacks {sorted(set(range(1, 202)) - set(rows))}")
    for path in sorted((ROOT / "Fixtures/scenarios").glob("*.yaml")):
        for seeds in re.findall(r"^seeds: \[(.*)\]", path.read_text(encoding="utf-8"), re.M):
            for number in re.findall(r"\d+", seeds):
                if rows.get(int(number)) == "not yet":
                    failures.append(f"docs/seeds.md: {number} is shown by {path.name} and called not yet")


def load_validators():
    documents = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.schema.json")}
    registry = referencing.Registry().with_resources(
        (name, referencing.Resource.from_contents(document)) for name, document in documents.items())
    for document in documents.values():
        jsonschema.Draft202012Validator.check_schema(document)
    return {
        name.removesuffix(".schema.json"): jsonschema.Draft202012Validator(document, registry=registry)
        for name, document in documents.items()
    }


def check_outputs(program):
    """What the commands print as JSON is what its schema says."""
    validators = load_validators()
    used = {"event"}  # part of others
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, LANG="en_US.UTF-8", BINGLIAN_STORE=os.path.join(folder, "cases.db"))

        def run(schema, *arguments, lines=False, status=0):
            used.add(schema)
            done = subprocess.run([program, *arguments], capture_output=True, text=True, env=environment, timeout=120)
            what = "binglian " + " ".join(arguments)
            if done.returncode != status:
                failures.append(f"{what}: exit status {done.returncode}: {done.stderr.strip()}")
                return None
            values = [json.loads(text) for text in (done.stdout.splitlines() if lines else [done.stdout])]
            for value in values:
                error = jsonschema.exceptions.best_match(validators[schema].iter_errors(value))
                if error:
                    failures.append(f"{what}: {schema}.schema.json: {error.json_path}: {error.message[:300]}")
                    break
            return values

        # Mistakes of projects show against their workflow.
        files = sorted(path for path in (ROOT / "Fixtures/diagnostics").glob("*.yaml") if path.name[:3] not in ("prj", "cty", "scn"))
        # So do those of one file against another.
        files = [path for path in files if "\n# against: " not in path.read_bytes()[:500].decode(errors="replace")]
        for path in files[::12]:
            run("check", "check", str(path), "--format", "json", status=1)
        run("check", "check", "Workflows/wf-01-national-baseline.yaml", "--format", "json")
        for workflow in sorted((ROOT / "Workflows").glob("wf-*.yaml")):
            project = ROOT / "Fixtures/projects" / (workflow.name[:5] + ".yaml")
            given = [str(workflow), "--facts", str(project), "--start", "2024-03-01", "--format", "json"]
            run("plan", "plan", *given)
            run("run", "run", *given, "--id", workflow.name[:5])
            run("simulate", "simulate", *given, "--runs", "300")
        run("plan", "plan", *given, "--by", "stage")
        run("level", "level", *given, "--teams", "housing=1", "--schedules", "200")
        run("level", "level", "Fixtures/schedules/two-exclude.sm", "--format", "json")
        asked = ["--wanted", "2025-12-31", "--paths", "2", "--near", "1d", "--quality"]
        run("plan", "plan", *given, *asked)
        network = "docs/examples/network.json"
        used.add("network")
        error = jsonschema.exceptions.best_match(
            validators["network"].iter_errors(json.loads((ROOT / network).read_text(encoding="utf-8"))))
        if error:
            failures.append(f"{network}: network.schema.json: {error.json_path}: {error.message[:300]}")
        run("network-plan", "plan", network, "--format", "json")
        run("network-plan", "plan", network, "--format", "json", *asked)
        run("identify", "identify", "91350100M000100Y43", "--format", "json")
        run("identify", "identify", "91350100M000100Y44", "--format", "json", status=1)
        run("pick", "pick", str(project).replace("wf-12", "wf-09"), "--format", "json")
        before, after = (str(next((ROOT / "Workflows").glob(f"{name}*"))) for name in ("wf-12", "wf-02"))
        run("compare", "compare", before, after, "--format", "json")
        run("fit", "fit", "Fixtures/logs/permits.xes", "--workflow", "docs/examples/one-of-each.yaml",
            "--map", "Review 审查=permit", "--map", "Decided 决定=filing", "--format", "json")
        run("city", "city", "docs/examples/city.yaml", "--one-more-team", "--format", "json")
        run("city", "city", "docs/examples/city.yaml", "--until", "2024-05-01", "--format", "json")
        run("check", "catalogue", "lint", "--on", "2026-01-05", "--format", "json")
        for items in sorted(map(str, (ROOT / "Workflows/items").glob("*.yaml"))):
            run("catalogue", "catalogue", "list", items, "--format", "json")
        run("catalogue-changes", "catalogue", "compare", "Workflows/items/before.yaml",
            "Workflows/items/municipal.yaml", "--format", "json")
        run("duplicates", "catalogue", "duplicates", *map(str, sorted((ROOT / "Workflows").glob("wf-*.yaml"))),
            "--format", "json")
        filed = ["Workflows/wf-02-cq-social-general.yaml", "--facts", "Fixtures/projects/wf-02-all.yaml"]
        run("guide", "guide", *filed, "--format", "json")
        run("guide", "guide", filed[0], "--items", "none", "--format", "json")
        for stage in ("land-use", "planning", "works", "completion", "parallel"):
            run("notice", "notice", *filed, "--stage", stage, "--format", "json")
            run("form", "form", *filed, "--stage", stage, "--collected", "docs/examples/form.yaml", "--on", "2026-01-05",
                "--format", "json")
        facts = ["--facts", "Fixtures/projects/wf-12.yaml", "--format", "json"]
        for limit, status in [("400wd", 0), ("120wd", 0), ("1wd", 1)]:
            run("advise", "advise", before, *facts, "--target", "whole-process", "--limit", limit, status=status)
        chance = ["--probability", "0.9", "--runs", "300", "--time", "1m"]
        for limit, status in [("400wd", 0), ("1wd", 1)]:
            run("advise", "advise", before, *facts, "--target", "whole-process", "--limit", limit, *chance, status=status)
        run("calendar", "calendar", "add", "2024-02-08", "5wd", "--format", "json")
        run("calendar", "calendar", "count", "2024-02-08", "2024-03-01", "--format", "json")
        run("calendar-year", "calendar", "show", "2024", "--format", "json")

        form = ["docs/examples/one-form.yaml", "--facts", "docs/examples/one-form-project.yaml", "--format", "json"]
        shared = ["--shared", "real-estate=docs/examples/real-estate.csv", "--format", "json"]
        papers = [f"--material={name}" for name in ("application", "licence")]
        run("performed", "case", "open", *form, "--start", "2024-03-01", "--id", "form")
        run("performed", "case", "file", "form", "--stage", "building", "--as", "window", "--on", "2024-03-04", *papers, *shared)
        run("performed", "case", "admit", "form", "building-1", "--as", "window", "--on", "2024-03-05", "--format", "json")
        run("performed", "case", "transfer", "form", "--item", "construction", "--to", "planning", "--basis", "3",
            "--reason", "a", "--as", "designer", "--on", "2024-03-05", "--format", "json")
        estate = ["docs/examples/estate.yaml", "--facts", "docs/examples/estate-project.yaml"]
        run("performed", "case", "open", *estate, "--start", "2024-03-01", "--id", "estate", "--format", "json")
        run("performed", "case", "add-work", "estate", "--work", "west", "--title", "西楼", "--reason", "a",
            "--as", "designer", "--on", "2024-03-01", "--format", "json")
        run("performed", "task", "file", "estate", "land", "--as", "applicant", "--on", "2024-03-01", "--format", "json")
        run("performed", "task", "admit", "estate", "land", "--as", "planning", "--on", "2024-03-01", "--format", "json")
        run("performed", "task", "refer", "estate", "land", "--level", "provincial", "--authority", "a", "--opinion", "b",
            "--as", "planning", "--on", "2024-03-05", "--format", "json")
        run("todo", "todo", "--as", "planning", "--on", "2024-03-05", "--format", "json")
        run("log", "log", "estate", "--format", "jsonl", lines=True)
        run("receipt", "case", "receipt", "form", "--format", "json")
        run("materials", "case", "materials", "form", "--format", "json")
        run("documents", "registry", "documents", "91350100M000100Y43", "--format", "json")

        example = ["docs/examples/one-of-each.yaml", "--facts", "docs/examples/project.yaml"]
        run("performed", "case", "open", *example, "--start", "2024-03-01", "--id", "c", "--format", "json")
        papers = ["--material", "application", "--material", "drawings"]
        run("performed", "task", "file", "c", "permit", "--as", "agent", "--on", "2024-03-04", *papers,
            "--channel", "nearby", "--at", "18:40", "--place", "town", "--first-contact", "Li", "--format", "json")
        run("performed", "task", "admit", "c", "permit", "--as", "planning", "--on", "2024-03-05", "--format", "json")
        run("performed", "case", "pass-time", "c", "--on", "2024-04-30", "--format", "json")
        run("run", "case", "show", "c", "--on", "2024-04-30", "--format", "json")
        run("forecast", "case", "forecast", "c", "--on", "2024-04-30", "--format", "json")
        run("why", "task", "why", "c", "permit", "--on", "2024-04-30", "--format", "json")
        run("dossier", "case", "dossier", "c", "--format", "json")
        run("notices", "task", "notices", "c", "permit", "--format", "json")
        run("case-why", "case", "why", "c", "--on", "2024-04-30", "--format", "json")
        run("todo", "todo", "--as", "applicant", "--format", "json")
        supervisor = ["--as", "supervisor", "--on", "2024-05-06", "--format", "json"]
        run("performed", "card", "raise", "c", "permit", "--rule", "not-online", "--evidence", "a", *supervisor)
        run("performed", "matter", "follow-up", "c", "--item", "permit", "--demand", "a", *supervisor)
        run("performed", "rate", "c", "permit", "--step", "admission", "--score", "5", "--as", "applicant",
            "--on", "2024-05-06", "--format", "json")
        run("performed", "matter", "answer", "c", "bad-rating-1", "--answer", "a", "--outcome", "explained",
            "--as", "planning", "--on", "2024-05-06", "--format", "json")
        run("todo", "todo", "--as", "supervisor", "--format", "json")
        run("todo", "todo", "--as", "planning", "--format", "json")
        run("run", "case", "show", "c", "--format", "json")
        run("matters", "matter", "list", "--format", "json")
        run("findings", "findings", "--format", "json")
        for report in ("overdue", "departments", "channels", "ratings", "ledger", "bottlenecks"):
            run("report-" + report, "report", report, "--format", "json")
        run("list", "case", "list", "--format", "json")
        draft = ["--name", "A", "--on", "2024-04-01", "--format", "json"]
        run("library", "workflow", "submit", example[0], "--note", "first", *draft)
        run("library", "workflow", "release", "one-of-each", "1", "--name", "B", *draft[2:])
        later = pathlib.Path(folder, "two.yaml")
        later.write_text(
            (ROOT / example[0]).read_text(encoding="utf-8").replace('version: "1"', 'version: "2"', 1)
            .replace("limit: 8 wd", "limit: 6 wd"), encoding="utf-8")
        run("diff", "workflow", "diff", example[0], str(later), *example[1:], "--format", "json")
        order = ["--name", "A", "--reason", "notice", "--on", "2024-05-06", "--format", "json"]
        run("rule-change", "workflow", "migrate", str(later), "--case", "c", "--trial", "--preview", *order)
        run("rule-change", "workflow", "migrate", str(later), "--case", "c", "--trial", *order)
        run("versions", "workflow", "list", "--format", "json")
        run("library", "workflow", "withdraw", "one-of-each", "1", "--reason", "over", *draft)
        run("library", "workflow", "history", "--format", "json")
        notice = pathlib.Path(folder, "cn.yaml")
        notice.write_text(
            (ROOT / "Workflows/calendars/cn.yaml").read_text(encoding="utf-8")
            .replace('version: "2026.1"', 'version: "2026.2"'), encoding="utf-8")
        run("rule-change", "calendar", "apply", str(notice), "--preview", *order)
        run("spot-check", "spot-check", "draw", "--seed", "1", "--inspector", "a", "--inspector", "b", "--format", "json")
        run("audit", "audit", "verify", "--format", "json")
        scenarios = sorted(map(str, (ROOT / "Fixtures/scenarios").glob("*.yaml")))
        run("scenario", "scenario", *scenarios, "--format", "json")
        run("scenario", "scenario", "Fixtures/diagnostics/scn015-other-state.yaml", "--format", "json", status=1)
        run("forecast", "case", "forecast", "wf-02", "--format", "json")

        # In a registry of its own, so that it restrains no other case.
        environment["BINGLIAN_STORE"] = os.path.join(folder, "registry.db")
        by = ["--as", "office", "--name", "clerk", "--on", "2024-03-01", "--format", "json"]

        def enter(*arguments):
            run("registry-entered", "registry", *arguments, *by)

        enter("officer", "Li", "--department", "planning", "--role", "handler", "--deputy", "Sun", "--contact", "1234")
        enter("officer", "Sun", "--department", "planning", "--role", "reviewer")
        enter("away", "Li", "--department", "planning", "--from", "2024-03-01", "--through", "2024-03-08", "--reason", "a")
        enter("authorize-window", "permit", "--department", "planning", "--level", "admit")
        enter("agent", "Chen")
        enter("key-project", "2403-500107-04-01-123456", "--reason", "list")
        enter("assign", "Chen", "--project", "2403-500107-04-01-123456", "--action", "file", "--until", "2024-12-31")
        enter("owner", "91500000MA5U", "--title", "First", "--person", "shareholder:Zhou:1")
        enter("grade", "91500000MA5U", "AA", "--source", "city")
        enter("list", "person:1", "--list", "black", "--reason", "court", "--until", "2024-12-31")
        enter("breach", "First", "--kind", "tolerance", "--case", "c", "--sequence", "9", "--item", "permit")
        enter("firm", "F1", "--title", "Survey", "--service", "survey|5wd|3 yuan|GB/T 17986",
              "--qualification", "A|2024-01-01|2024-12-31|survey", "--affiliation", "planning")
        enter("select", "F1", "--service", "survey", "--project", "P", "--item", "survey", "--department", "planning",
              "--method", "tender", "--payer", "department")
        enter("rate", "F1", "--rated", "firm", "--project", "P", "--item", "survey", "--score", "5")
        enter("assess", "ra-1", "--topic", "soil", "--fact", "regionAssessed", "--zone", "east", "--document", "1",
              "--standard", "floorAreaRatio<=2.5", "--until", "2025-12-31")
        enter("place", "P", "--zone", "east")
        enter("hours", "09:00-17:30", "--extra", "sat=09:00-12:00", "--day", "2024-05-01=closed", "--reason", "notice")
        enter("tender", "announce", "T1", "--service", "survey", "--project", "P", "--item", "map", "--ask", "a",
              "--closes", "2024-03-01", "--ceiling", "900", "--award", "lowestPrice", "--payer", "department")
        by[1] = "window"
        enter("tender", "bid", "T1", "--firm", "F1", "--price", "860.50", "--days", "5")
        by[1], by[5] = "office", "2024-03-04"
        enter("tender", "award", "T1")
        enter("contract", "sign", "C1", "--firm", "F1", "--project", "P", "--item", "map", "--price", "860.50",
              "--days", "5")
        enter("contract", "perform", "C1")
        run("firm-credit", "registry", "credit", "F1", "--on", "2024-03-04", "--format", "json")
        run("registry", "registry", "show", "--on", "2024-03-04", "--format", "json")
        run("registry-log", "registry", "history", "--format", "json", lines=True)
        run("registry-agent", "registry", "suggest-agent", "2403-500107-04-01-123456", "--on", "2024-03-04",
            "--format", "json")
        environment["BINGLIAN_STORE"] = os.path.join(folder, "cases.db")

        process = os.path.join(folder, "process.bpmn")
        subprocess.run(
            [program, "export", "Workflows/wf-09-rushan-low-risk.yaml", "--to", "bpmn", "--out", process],
            check=True, capture_output=True, env=environment)
        run("import", "import", process, "--format", "json")

        for case in ("c", "wf-02"):
            run("log", "log", case, "--format", "jsonl", lines=True)
            log = subprocess.run(
                [program, "log", case, "--format", "jsonl"], capture_output=True, text=True, env=environment)
            failures.extend(check_seals(log.stdout.splitlines()))
        run("log", "watch", "wf-09", "--until-closed", "--format", "json", lines=True)
    for name in sorted(set(validators) - used):
        failures.append(f"docs/schemas/{name}.schema.json: no command was held to it")
    described = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    for name in validators:
        if f"schemas/{name}.schema.json" not in described:
            failures.append(f"docs/json.md: does not link to schemas/{name}.schema.json")


def check_seals(lines):
    """Verifies a log as docs/json.md#log says, with nothing of ours: a list of what is wrong."""
    previous = bytes(32)
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    for number, line in enumerate(lines, 1):
        event = json.loads(line)
        payload = line[line.index('"payload":') + len('"payload":'):line.rindex(',"previousHash":')]
        at = datetime.datetime.fromisoformat(event["at"].replace("Z", "+00:00")) - epoch
        fields = [
            "binglian-event-1", event["case"], event["sequence"], event["kind"], event["schema"],
            (datetime.date.fromisoformat(event["on"]) - epoch.date()).days, at // datetime.timedelta(milliseconds=1),
            event["actor"], event["key"], payload,
        ]
        sealed = previous
        for field in fields:
            data = field.to_bytes(8, "big", signed=True) if isinstance(field, int) else field.encode()
            sealed += len(data).to_bytes(4, "big") + data
        expected = hashlib.sha256(sealed).hexdigest()
        if event["sequence"] != number or event["previousHash"] != previous.hex() or event["hash"] != expected:
            return [f"{event['case']}: event {number} is not sealed as docs/json.md says"]
        previous = bytes.fromhex(event["hash"])
    return [] if lines else ["an empty log"]


check_links()
check_requirements()
check_outputs(sys.argv[1])
for failure in failures:
    print(failure, file=sys.stderr)
sys.exit(1 if failures else 0)
