"""Screens S5, S7, S10 to S14 in a real browser: schedule drawing, simulation, files.

Fixtures of the service and of signed-in pages are in conftest.py.
"""

import json
import re
import statistics
import subprocess

import pytest

from conftest import PROGRAM, ROOT, workflow


@pytest.fixture(scope="session")
def case_id(cases):
    return cases[0].rsplit("/", 1)[-1]


@pytest.fixture
def editor(signed_in):
    return signed_in("editor")


@pytest.fixture
def manager(signed_in):
    return signed_in("manager")


def schedule(base_url, case_id, query=""):
    return f"{base_url}/cases/{case_id}/schedule{query}"


# Schedule drawing


def test_26_labels_and_bars_do_not_drift_apart(manager, base_url, case_id):
    manager.goto(schedule(base_url, case_id))
    drift = manager.evaluate(
        """() => [...document.querySelectorAll('.gantt tbody tr:not(.reason)')].map(row => {
            const name = row.querySelector('th').getBoundingClientRect();
            const chart = row.querySelector('td.chart > svg:not(.arrows)').getBoundingClientRect();
            return Math.abs((name.top + name.bottom) / 2 - (chart.top + chart.bottom) / 2);
        })"""
    )
    assert len(drift) > 20
    assert max(drift) < 1


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_27_dates_are_the_same_in_every_time_zone(browser, signed_in, base_url, case_id, zone):
    page = signed_in("manager", timezone_id=zone)
    page.goto(schedule(base_url, case_id))
    shown = page.evaluate(
        """() => [...document.querySelectorAll('.gantt tbody tr[id]')].map(row =>
            [...row.querySelectorAll('time')].map(t => [t.dateTime, t.textContent]))"""
    )
    assert shown
    for dates in shown:
        for value, text in dates:
            assert value == text
    rows = page.evaluate(
        "async () => (await (await fetch(location.href, {headers: {Accept: 'application/json'}})).json()).rows"
    )
    assert {dates[0][0] for dates in shown} >= {row["start"] for row in rows}
    assert {dates[1][0] for dates in shown} >= {row["finish"] for row in rows}


def test_07_the_schedule_is_a_table(manager, base_url, case_id):
    manager.goto(schedule(base_url, case_id))
    rows = manager.evaluate(
        "async () => (await (await fetch(location.href, {headers: {Accept: 'application/json'}})).json()).rows")
    named = manager.locator(".gantt tbody tr[id]")
    assert named.count() >= len(rows) and manager.locator(".gantt thead tr:visible").count() == 1
    assert manager.get_by_role("row").count() == manager.locator(".gantt tbody tr").count() + 1
    for label in manager.locator(".gantt tbody tr[id] td.chart > svg[role=img]").evaluate_all(
            "all => all.map(e => e.getAttribute('aria-label'))"):
        assert re.search(r"\d{4}-\d\d-\d\d 至 \d{4}-\d\d-\d\d", label), label
    floats = manager.locator(".gantt tr.item:not(.critical) td.float").all_inner_texts()
    said = manager.locator(".gantt tr.item:not(.critical) td.chart > svg[role=img]").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))")
    for shown, label in zip(floats, said):
        number = re.match(r"[\d.]+", shown)
        assert not number or f"时差 {number.group()}" in label, (shown, label)
    arrows = manager.locator(".gantt svg.arrows")
    assert arrows.count() == 1 and arrows.get_attribute("aria-hidden") == "true"


def test_28_nothing_unfit_is_drawn(manager, base_url, case_id):
    manager.goto(schedule(base_url, case_id))
    html = manager.content()
    for word in ["NaN", "Invalid", "1970", "undefined"]:
        assert word not in html
    assert "办理中" in html and "未开始" in html and "不涉及的事项" in html


def test_29_critical_rows_and_data_date(manager, base_url, case_id):
    manager.goto(schedule(base_url, case_id))
    rows = manager.evaluate(
        "async () => (await (await fetch(location.href, {headers: {Accept: 'application/json'}})).json())"
    )
    expected = sum(1 for row in rows["rows"] if row["critical"] and row["standing"] != "finished")
    shown = manager.locator(".gantt tbody tr.critical[id]:has(.why)").count()
    assert shown == expected
    line, label = manager.evaluate(
        """() => {
            const line = document.querySelector('.gantt thead svg path.s-blue').getBoundingClientRect();
            const label = document.querySelector('.gantt .data-date').getBoundingClientRect();
            return [line.left, (label.left + label.right) / 2];
        }"""
    )
    assert abs(line - label) < 2


def test_30_days_off_are_shaded_and_far_dates_provisional(manager, base_url):
    manager.goto(f"{base_url}/calendars/cn/2026")
    assert manager.locator(".month td:not(.blank)").count() == 365
    assert manager.locator(".month .makeup.off").count() == 0
    assert manager.locator(".month .makeup").count() > 0
    manager.goto(f"{base_url}/calendars/cn/2035")
    assert manager.locator(".month .provisional").count() == 365
    assert "暂定" in manager.content()


def test_30_days_off_behind_the_bars(manager, base_url, case_id):
    """The shading of the schedule, day by day: where a day lies is read off the scale of the whole page."""
    manager.goto(schedule(base_url, case_id, "?zoom=day"))
    shaded = manager.evaluate("""() => {
        return document.querySelector('#days path.f-off').getAttribute('d').slice(0, 400); }""")
    runs = [(float(x), float(w)) for x, w in re.findall(r"M([\d.]+)[ ,][\d.]+h([\d.]+)", shaded)]
    assert runs, shaded
    # A weekend is two days wide, a long holiday more; a make-up day leaves a single day off.
    days = {round(width / 24) for _, width in runs}
    assert 2 in days, (days, shaded)


def test_31_view_survives_reload_and_a_copied_address(manager, signed_in, base_url, case_id):
    manager.goto(schedule(base_url, case_id))
    manager.get_by_role("link", name="周", exact=True).click()
    manager.get_by_role("link", name="仅关键线路").click()
    manager.get_by_role("group", name="原计划").get_by_role("link", name="隐藏").click()
    address = manager.url
    assert "zoom=week" in address and "critical=on" in address and "baseline=off" in address
    count = manager.locator(".gantt tbody tr").count()
    manager.reload()
    assert manager.locator(".gantt tbody tr").count() == count
    other = signed_in("supervisor")
    other.goto(address)
    assert other.locator(".gantt tbody tr").count() == count
    assert other.locator(".switcher a[aria-current]").count() == 3


def test_14_why_works_by_a_link(manager, base_url, case_id):
    manager.goto(schedule(base_url, case_id))
    manager.locator(".gantt .critical .why").first.click()
    reason = manager.locator(".gantt .reason")
    assert reason.count() == 1
    assert "工作日" in reason.inner_text()
    assert manager.locator(".why[aria-expanded=true]").count() == 1


def test_39_small_screens_scroll_only_the_chart(signed_in, base_url, case_id):
    page = signed_in("manager", width=360, height=740)
    for path in [f"/cases/{case_id}/schedule", "/supervision", "/calendars/cn/2026", "/workflows", "/simulations"]:
        page.goto(base_url + path)
        wide, inner = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        assert wide <= inner, path
    page.goto(schedule(base_url, case_id))
    region = page.locator(".gantt[role=region]")
    assert region.get_attribute("tabindex") == "0" and region.get_attribute("aria-label")


def test_41_the_schedule_on_paper(manager, base_url, case_id, tmp_path):
    pymupdf = pytest.importorskip("pymupdf")
    manager.goto(schedule(base_url, case_id))
    code = manager.inner_text(".subtitle .code")
    document = pymupdf.open(stream=manager.pdf(prefer_css_page_size=True), filetype="pdf")
    names = manager.locator(".gantt tbody tr th").all_inner_texts()
    text = [page.get_text() for page in document]
    for page in text:
        if any(name in page for name in names if len(name) > 4):
            assert code in page and "数据日期" in page and "2026-05-06" in page
    assert document[0].rect.width > document[0].rect.height
    # Shading is drawn, not a background: it is there without backgrounds, and critical bars have an outline.
    fills = [d.get("fill") for d in document[0].get_drawings() if d.get("fill")]
    assert any(min(f) > 0.85 and max(f) < 0.97 for f in fills)
    whole = "".join(text)
    assert all(name in whole for name in manager.locator(".gantt tr.stage th").all_inner_texts())


@pytest.fixture(scope="module")
def large(signed_in):
    """A case with six hundred items whose names have sixty characters."""
    lines = ["workflow: six-hundred", 'version: "1"', "title: {zh: 六百个事项, en: Six hundred items}", "processType: 10",
             "source: 浏览器测试", "calendar: cn", "facts: {}", "departments:", "  planning: {zh: 规划, en: Planning}", "targets: []",
             "stages:"]
    name = "建设项目环境影响评价文件审批与水土保持方案许可及节能审查意见联合办理事项之名称特别长的一个示例用来检查横道图的对齐"
    for stage in range(1, 5):
        lines += [f"  - id: s{stage}", f"    title: {{zh: 第{stage}阶段, en: Stage {stage}}}", f"    national: {stage}",
                  "    lead: planning", "    items:"]
        for number in range(150):
            own = f"i{stage}-{number}"
            lines += [f"      - id: {own}", f"        title: {{zh: {name}{stage * 1000 + number:04d}, en: Item {own}}}",
                      "        kind: approval", "        department: planning", "        takes: 2 wd", "        source: 浏览器测试"]
            if number == 149:
                lines.append("        milestone: true")
            if number % 10:
                lines.append(f"        after: [i{stage}-{number - 1}]")
            elif stage > 1:
                lines.append(f"        after: [i{stage - 1}-{number + 9}]")
    editor = signed_in("editor")
    editor.goto(workflow("new", "edit?lang=zh"))
    editor.locator("#text").evaluate("(t, text) => { t.value = text; }", "\n".join(lines) + "\n")
    editor.fill("#note", "浏览器测试")
    editor.get_by_role("button", name="提交草案").click()
    editor.wait_for_url(re.compile(workflow("six-hundred", "1")), timeout=60_000)
    other = signed_in("editor2")
    other.goto(editor.url)
    with other.expect_navigation(timeout=60_000):
        other.get_by_role("button", name="发布这个版本").click()
    window = signed_in("window")
    window.goto("/projects/new?workflow=six-hundred&lang=zh")
    for field, value in {"code": "2605-500112-04-01-600600", "title": "六百个事项的项目", "owner": "重庆云麓置业有限公司"}.items():
        window.fill(f"#{field}", value)
    with window.expect_navigation(timeout=60_000):
        window.click("button[value=plan]")
    with window.expect_navigation(timeout=60_000):
        window.click("button[value=open]")
    case = window.url.split("?")[0]
    assert "/cases/" in case, window.inner_text("main")[:600]
    for page in (editor, other, window):
        page.context.close()
    return case


@pytest.mark.long
def test_26_six_hundred_rows(large, manager):
    answer = manager.goto(large + "/schedule?lang=zh", timeout=60_000)
    assert manager.locator(".gantt tbody tr.item").count() == 600
    # A name of sixty characters stands in a row twice.
    assert len(answer.body()) <= 600 * 1_300
    timing = manager.evaluate(
        "() => { const n = performance.getEntriesByType('navigation')[0]; return n.domContentLoadedEventEnd - n.responseStart; }")
    assert timing < 1500, timing
    drift = manager.evaluate(
        """() => Math.max(...[...document.querySelectorAll('.gantt tbody tr.item')].map(row => {
            const name = row.querySelector('th').getBoundingClientRect();
            const chart = row.querySelector('td.chart > svg:not(.arrows)').getBoundingClientRect();
            return Math.abs((name.top + name.bottom) / 2 - (chart.top + chart.bottom) / 2); }))""")
    assert drift < 1


# Simulation


def start(page, base_url, case_id, runs, seed=7):
    page.goto(f"{base_url}/cases/{case_id}/simulation")
    page.fill("#runs", str(runs))
    page.fill("#seed", str(seed))
    page.get_by_role("button", name="开始推演").click()
    page.wait_for_url(re.compile(r"/simulations/"))


def finish(page):
    page.wait_for_function("() => !document.querySelector('[data-job]')", timeout=120_000)


def test_32_histogram_sums_to_the_runs(manager, base_url, case_id):
    start(manager, base_url, case_id, 2000)
    finish(manager)
    for table in manager.locator("details table.numbers").all():
        counts = table.evaluate("t => [...t.querySelectorAll('tbody tr')].map(r => Number(r.cells[1].textContent))")
        assert sum(counts) == 2000
    assert manager.locator("details table.numbers").count() > 0


def test_32_the_same_seed_gives_the_same_figures(manager, base_url):
    """What the page computes, and what the command computes of the same workflow by itself."""
    manager.goto(f"{base_url}/simulations?lang=zh")
    manager.locator("main a[href*='cq-social-small']").click()
    manager.fill("#start", "2026-03-02")
    manager.fill("#runs", "1000")
    manager.fill("#seed", "7")
    manager.get_by_role("button", name="开始推演").click()
    manager.wait_for_url(re.compile(r"/simulations/"))
    finish(manager)
    shown = manager.inner_text("main")
    facts = ROOT / "Fixtures/projects/wf-03.yaml"
    assert facts.exists()
    said = [subprocess.run(
        [PROGRAM, "simulate", "Workflows/wf-03-cq-social-small.yaml", "--facts", str(facts), "--start", "2026-03-02",
         "--runs", "1000", "--seed", "7", "--format", "json"], cwd=ROOT, capture_output=True, text=True).stdout for _ in range(2)]
    assert said[0] == said[1] and json.loads(said[0])
    assert "P80" in shown


def test_43_progress_rises_and_stopping_keeps_the_result(manager, base_url, cases):
    # One of many items, so that it lasts until it is stopped.
    general = next(case for case in cases if case.endswith("cq-social-general"))
    start(manager, base_url, general.rsplit("/", 1)[-1], 200_000, seed=43)
    bar = manager.locator("progress")
    assert bar.is_visible()
    first = int(bar.get_attribute("aria-valuenow"))
    manager.wait_for_function(
        f"() => Number(document.querySelector('progress').getAttribute('aria-valuenow')) > {first}", timeout=60_000
    )
    assert re.search(r"约剩|估计|马上", manager.locator("[data-part=words]").inner_text())
    manager.get_by_role("button", name=re.compile("停止")).click()
    manager.wait_for_load_state()
    finish(manager)
    assert "部分结果" in manager.content()


def test_44_one_job_for_one_question(manager, signed_in, base_url, case_id):
    start(manager, base_url, case_id, 1500, seed=44)
    address = manager.url
    other = signed_in("supervisor")
    start(other, base_url, case_id, 1500, seed=44)
    assert other.url == address
    manager.goto(f"{base_url}/work")
    manager.goto(address)
    finish(manager)
    assert "P80" in manager.content()


def test_45_other_pages_answer_meanwhile(manager, base_url, case_id):
    start(manager, base_url, case_id, 100_000, seed=45)
    ask = "async () => { const t = performance.now(); await (await fetch('/workflows')).text(); return performance.now() - t }"
    assert manager.locator("[data-job]").count() == 1, "the job is over before it could be in the way"
    taken = [manager.evaluate(ask) for _ in range(7)]
    manager.get_by_role("button", name=re.compile("停止")).click()
    manager.wait_for_load_state()
    finish(manager)
    idle = [manager.evaluate(ask) for _ in range(7)]
    # On a machine that has other things to do as well, as long as without the job and not much more.
    assert statistics.median(taken) < max(300, 4 * statistics.median(idle)), (taken, idle)


def test_comparison_of_levers(manager, base_url, case_id):
    manager.goto(f"{base_url}/cases/{case_id}/simulation")
    manager.fill("#runs", "1000")
    manager.check("#question-comparison")
    manager.locator("input[name=lever]").first.check()
    manager.get_by_role("button", name="开始推演").click()
    manager.wait_for_url(re.compile(r"/simulations/"))
    finish(manager)
    assert manager.locator(".side-by-side figure").count() == 2


# Workflows


def test_46_diagnostics_have_places_that_move_the_caret(editor, base_url):
    editor.goto(base_url + workflow("new", "edit"))
    text = editor.locator("#text")
    broken = text.input_value().replace("kind: approval", "kind: aproval")
    text.fill(broken)
    place = editor.locator("#findings a[data-line]").first
    place.wait_for()
    line, column = int(place.get_attribute("data-line")), int(place.get_attribute("data-column"))
    assert editor.locator(".gutter .is-error").count() == 1
    place.focus()
    editor.keyboard.press("Enter")
    caret = text.evaluate("t => { const b = t.value.slice(0, t.selectionStart).split('\\n'); return [b.length, b.at(-1).length + 1] }")
    assert caret == [line, column]
    assert text.evaluate("t => document.activeElement === t")


def test_46_the_same_words_as_the_command(editor, base_url, tmp_path):
    editor.goto(base_url + workflow("new", "edit?lang=zh"))
    text = editor.locator("#text")
    broken = text.input_value().replace("kind: approval", "kind: aproval")
    text.fill(broken)
    editor.locator("#findings a[data-line]").first.wait_for(timeout=60_000)
    file = tmp_path / "workflow.yaml"
    file.write_text(broken)
    said = subprocess.run([PROGRAM, "check", str(file), "--lang", "zh"], cwd=ROOT, capture_output=True, text=True)
    said = said.stdout + said.stderr
    for finding in editor.locator("#findings li").all():
        place, code = finding.locator("a.place").inner_text(), finding.locator("strong").inner_text().split()[-1]
        assert f"{place}" in said and code in said, (place, code, said)
        message = finding.evaluate("e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join('')")
        assert message and message in said, (message, said)


def test_46_the_check_works_without_the_script(signed_in, base_url):
    page = signed_in("editor", js=False)
    page.goto(base_url + workflow("new", "edit"))
    text = page.locator("#text")
    text.fill(text.input_value().replace("kind: approval", "kind: aproval"))
    page.get_by_role("button", name="检查", exact=True).click()
    assert page.locator("#findings li.is-error").count() == 1


def test_a_draft_is_released_by_another(editor, signed_in, base_url):
    editor.goto(base_url + workflow("new", "edit"))
    text = editor.locator("#text")
    text.fill(text.input_value().replace("new-workflow", "browser-workflow"))
    editor.fill("#note", "试行通知")
    editor.get_by_role("button", name="提交草案").click()
    editor.wait_for_url(re.compile(workflow("browser-workflow", "1")))
    assert editor.get_by_role("button", name="发布这个版本").count() == 0
    other = signed_in("editor2")
    other.goto(editor.url)
    other.get_by_role("button", name="发布这个版本").click()
    other.wait_for_load_state()
    assert "现行" in other.locator(".subtitle").inner_text()


# Files


def test_47_import_shows_the_losses_and_writes_nothing(manager, base_url):
    process = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="P">
      <task id="a" name="A"/><exclusiveGateway id="g"/><task id="b" name="B"/>
      <sequenceFlow id="1" sourceRef="a" targetRef="g"/><sequenceFlow id="2" sourceRef="g" targetRef="b"/>
      </process></definitions>"""
    manager.goto(f"{base_url}/workflows?lang=zh")
    before = manager.locator("tbody th a").all_inner_texts()
    manager.goto(f"{base_url}/exchange?lang=zh")
    manager.fill("#file", process)
    manager.get_by_role("button", name="读入并预览").click()
    assert manager.locator(".loss li").count() >= 2
    manager.get_by_role("link", name=re.compile("放弃")).click()
    manager.goto(f"{base_url}/workflows")
    assert manager.get_by_text("imported", exact=False).count() == 0
    assert manager.locator("tbody th a").all_inner_texts() == before


def test_48_calendar_files_parse(manager, base_url, case_id):
    manager.goto(f"{base_url}/exchange")
    text = manager.evaluate(f"async () => (await (await fetch('/cases/{case_id}/export/ics')).text())")
    raw = text.encode()
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()
    icalendar = pytest.importorskip("icalendar", reason="scripts/test-browser installs it")
    events = [part for part in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    assert events
    for event in events:
        assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1, event
        assert event["UID"]
