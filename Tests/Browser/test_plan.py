"""Screens S5, S7, S10 to S14 in a real browser: schedule drawing, simulation, files.

Fixtures of the service and of signed-in pages are in conftest.py.
"""

import re

import pytest

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
    finishes = {row["finish"] for row in rows}
    assert {dates[1][0] for dates in shown} >= finishes


def test_28_nothing_unfit_is_drawn(manager, base_url, case_id):
    manager.goto(schedule(base_url, case_id))
    html = manager.content()
    for word in ["NaN", "Invalid", "1970", "undefined"]:
        assert word not in html


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


def test_43_progress_rises_and_stopping_keeps_the_result(manager, base_url, case_id):
    start(manager, base_url, case_id, 200_000, seed=43)
    bar = manager.locator("progress")
    assert bar.is_visible()
    first = int(bar.get_attribute("aria-valuenow"))
    manager.wait_for_function(
        f"() => Number(document.querySelector('progress').getAttribute('aria-valuenow')) > {first}", timeout=20_000
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
    start(manager, base_url, case_id, 20_000, seed=45)
    taken = manager.evaluate(
        "async () => { const t = performance.now(); await (await fetch('/workflows')).text(); return performance.now() - t }"
    )
    assert taken < 300


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
    editor.goto(f"{base_url}/workflows/new/edit")
    text = editor.locator("#text")
    broken = text.input_value().replace("kind: approval", "kind: aproval")
    text.fill(broken)
    place = editor.locator("#findings a[data-line]").first
    place.wait_for(timeout=5000)
    line, column = int(place.get_attribute("data-line")), int(place.get_attribute("data-column"))
    assert editor.locator(".gutter .is-error").count() == 1
    place.focus()
    editor.keyboard.press("Enter")
    caret = text.evaluate("t => { const b = t.value.slice(0, t.selectionStart).split('\\n'); return [b.length, b.at(-1).length + 1] }")
    assert caret == [line, column]
    assert text.evaluate("t => document.activeElement === t")


def test_46_the_check_works_without_the_script(signed_in, base_url):
    page = signed_in("editor", js=False)
    page.goto(f"{base_url}/workflows/new/edit")
    text = page.locator("#text")
    text.fill(text.input_value().replace("kind: approval", "kind: aproval"))
    page.get_by_role("button", name="检查", exact=True).click()
    assert page.locator("#findings li.is-error").count() == 1


def test_a_draft_is_released_by_another(editor, signed_in, base_url):
    editor.goto(f"{base_url}/workflows/new/edit")
    text = editor.locator("#text")
    text.fill(text.input_value().replace("new-workflow", "browser-workflow"))
    editor.fill("#note", "试行通知")
    editor.get_by_role("button", name="提交草案").click()
    editor.wait_for_url(re.compile("/workflows/browser-workflow/1"))
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
    manager.goto(f"{base_url}/exchange")
    manager.fill("#file", process)
    manager.get_by_role("button", name="读入并预览").click()
    assert manager.locator(".loss li").count() >= 2
    manager.get_by_role("link", name=re.compile("放弃")).click()
    manager.goto(f"{base_url}/workflows")
    assert manager.get_by_text("imported", exact=False).count() == 0


def test_48_calendar_files_parse(manager, base_url, case_id):
    text = manager.evaluate(f"async () => (await (await fetch('/cases/{case_id}/export/ics')).text())")
    raw = text.encode()
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()
    icalendar = pytest.importorskip("icalendar")
    events = [part for part in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    assert events
    for event in events:
        assert (event["DTEND"].dt - event["DTSTART"].dt).days >= 1
        assert event["UID"]
