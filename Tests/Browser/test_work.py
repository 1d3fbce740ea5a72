"""What can be reached, done and seen live on the screens of work; README.md says what the numbers stand for."""

import re
import time

import pytest

from people import Person

def test_02_skip_link(signed_in):
    page = signed_in("owner")
    page.goto("/work")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_04_focus_is_seen(signed_in, cases):
    page = signed_in("supervisor")
    page.goto(cases[0])
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return true;
            const s = getComputedStyle(e), r = e.getBoundingClientRect();
            const at = document.elementFromPoint(r.left + Math.min(r.width, innerWidth) / 2, r.top + Math.min(r.height, innerHeight) / 2);
            const outline = parseFloat(s.outlineWidth) >= 2 && s.outlineStyle !== 'none';
            return outline && (!at || at === e || e.contains(at) || at.contains(e)) || e.outerHTML.slice(0, 200) }""")
        assert seen is True, seen


def test_06_signs_differ(signed_in):
    page = signed_in(None)
    page.goto("/help?lang=zh")
    shapes = page.eval_on_selector_all(
        "table:nth-of-type(1) svg.icon, table:nth-of-type(2) svg.icon", "all => all.map(s => s.innerHTML)")
    assert len(shapes) == 13 and len(set(shapes)) == 13
    words = page.eval_on_selector_all("section[aria-labelledby=signs] tbody th", "all => all.map(t => t.textContent)")
    assert len(set(words)) == 13
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    pictures = [icon.screenshot() for icon in page.query_selector_all(".light svg.icon")]
    assert len(pictures) == 5 and len(set(pictures)) == 5


def test_08_map_without_style(signed_in, cases):
    page = signed_in("supervisor", lang="zh")
    page.goto(cases[0])
    page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach(l => l.remove())")
    stages = page.eval_on_selector_all("ol.stages > li > h3", "all => all.map(h => h.textContent)")
    assert len(stages) >= 4
    names = page.eval_on_selector_all("ol.stages li li a", "all => all.map(a => a.textContent)")
    states = ["未开始", "可办理", "办理中", "等待", "已办结", "不予许可", "不涉及", "已终止"]
    assert names and all(any(state in name for state in states) for name in names)
    assert page.locator("ol.stages li li").count() == len(names)


def test_10_no_motion(signed_in, cases):
    page = signed_in("supervisor", reduced_motion="reduce")
    page.goto(cases[0])
    assert page.evaluate("document.getAnimations().length") == 0


def tab_to(page, selector, limit=200):
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def opinion(tasks, signed_in):
    """Somebody who is asked for an opinion, and where."""
    for account, paths in tasks.items():
        page = signed_in(account)
        for path in paths:
            page.goto(path)
            link = page.query_selector("section[aria-labelledby=todo] a[href$='/opine']")
            if link:
                return account, path, page
        page.context.close()
    raise AssertionError("the demonstration asks nobody for an opinion")


def test_11_by_keyboard_alone(tasks, signed_in):
    account, path, page = opinion(tasks, signed_in)
    page.goto("/work?lang=zh")
    tab_to(page, f"a.row[href='{path}']")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + path)
    tab_to(page, "a[href$='/opine']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/opine")
    tab_to(page, "input[name=verdict]")
    page.keyboard.press("Space")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("dl.review")
    tab_to(page, "button[value=yes]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    assert "提出意见" in page.inner_text(".done")


def test_11_by_keys(tasks, signed_in):
    """The same way by shortcuts: g w, j to the row, Enter; then the button, and the confirmation."""
    account, path, page = opinion(tasks, signed_in)
    page.goto("/cases?lang=zh")
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("w")
    assert page.url.split("?")[0].endswith("/work")
    for _ in range(60):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.getAttribute('href')") == path:
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.split("?")[0].endswith(path)
    tab_to(page, "a[href$='/opine']")
    page.keyboard.press("k")
    assert page.locator("main a:focus").count() == 1


def test_12_keys_and_help(signed_in):
    page = signed_in("owner")
    page.goto("/work")
    page.focus("a.brand")
    page.keyboard.press("?")
    assert page.is_visible("dialog")
    listed = page.inner_text("dialog")
    for key in ["?", "/", "g", "j", "k", "Enter", "t", "+", "-", "e"]:
        assert key in listed
    page.keyboard.press("Escape")
    assert not page.is_visible("dialog")
    assert page.evaluate("document.activeElement.className") == "brand"
    page.keyboard.press("?")
    page.click("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_timeout(300)
    assert page.url.split("?")[0].endswith("/work")
    page.keyboard.press("?")
    assert not page.is_visible("dialog")


def test_13_typing_is_typing(signed_in):
    page = signed_in("owner")
    page.goto("/cases")
    page.focus("#q")
    page.keyboard.type("j?g")
    assert page.input_value("#q") == "j?g"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_15_mistakes(signed_in, cases, lang):
    page = signed_in("supervisor", lang=lang)
    page.goto(cases[0] + "/acts/follow-up?lang=" + lang)
    page.fill("#demand", "")
    page.select_option("#item", index=1)
    chosen = page.input_value("#item")
    page.click("main form button")
    assert page.evaluate("document.activeElement.id") == "summary"
    assert page.evaluate("document.querySelector('main').firstElementChild.id") == "summary"
    assert page.title().startswith({"zh": "错误：", "en": "Error:"}[lang])
    links = page.query_selector_all("#summary a")
    assert len(links) == 2
    for number in range(len(links)):
        link = page.query_selector_all("#summary a")[number]
        words, target = link.inner_text(), link.get_attribute("href")[1:]
        link.click()
        assert page.evaluate("document.activeElement.id") == target
        assert words in page.inner_text(f"#{target}-mistake")
    assert page.input_value("#item") == chosen


def test_16_two_at_once(signed_in, tasks):
    """Two officers of one department have the same signature open; one of them sends it first."""
    for path in tasks["natural-resources"]:
        first, second = signed_in("natural-resources-reviewer"), signed_in("natural-resources")
        second.goto(path)
        if second.locator("section[aria-labelledby=todo] a[href$='/sign']").count() == 0:
            first.context.close()
            second.context.close()
            continue
        for page, words in [(first, "材料齐全"), (second, "建议准予")]:
            page.goto(path + "/sign?lang=zh")
            page.fill("#opinion", words)
        first.click("main form.form .buttons button")
        first.wait_for_selector(".done")
        with second.expect_response(lambda r: r.request.method == "POST") as answer:
            second.click("main form.form .buttons button")
        assert answer.value.status == 409
        assert second.input_value("#opinion") == "建议准予"
        assert "别人刚刚办理了此件" in second.inner_text("main") and "材料齐全" in second.inner_text("main")
        return
    raise AssertionError("nothing is to be signed in the demonstration")


def test_19_without_script(signed_in, cases, browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#account", "supervisor")
    page.fill("#password", "binglian-demo")
    page.click("main button[type=submit]")
    page.goto("/cases")
    page.select_option("#status", "open")
    page.click(".filters button")
    assert "status=open" in page.url and page.locator("tbody tr").count() > 0
    page.goto(cases[0] + "/acts/follow-up")
    page.check("#department")
    page.fill("#demand", "请于期限内办结")
    page.click("main form button")
    assert page.locator(".done").count() == 1, page.inner_text("main")
    # What is taken out.
    case = cases[0].rsplit("/", 1)[-1]
    answer = context.request.get(f"/cases/{case}/export/ics")
    assert answer.ok and answer.text().startswith("BEGIN:VCALENDAR")
    context.close()


@pytest.mark.parametrize("verb", ["opine", "sign"])
def test_19_acting_without_script(signed_in, tasks, verb):
    for account, paths in tasks.items():
        page = signed_in(account, js=False)
        for path in paths:
            page.goto("/work?lang=zh")
            page.locator(f"a.row[href='{path}']").first.click()
            link = page.locator(f"section[aria-labelledby=todo] a[href$='/{verb}']")
            if link.count() == 0:
                continue
            link.first.click()
            Person(page).answer()
            return
        page.context.close()
    raise AssertionError(f"nobody is asked to {verb}")


# ---- Live

def an_act(signed_in, case):
    """Something that another browser does in a case, seen by everybody."""
    page = signed_in("supervisor")
    page.goto(case + "/acts/follow-up")
    page.check("#department")
    page.fill("#demand", f"督办 {time.time()}")
    page.click("main form button")
    page.wait_for_selector(".done")
    page.context.close()


def test_21_changes_arrive(signed_in, cases):
    watching = signed_in("supervisor")
    watching.goto(cases[0] + "/history")
    watching.goto("/work")
    watching.wait_for_timeout(500)
    before = watching.inner_text(".foot")
    scroll = watching.evaluate("scrollY")
    watching.goto(cases[0])
    watching.wait_for_timeout(800)
    number = re.search(r"#(\d+)", watching.inner_text(".foot")).group(1)
    watching.focus("a.brand")
    an_act(signed_in, cases[0])
    watching.wait_for_function(
        "n => (document.querySelector('.foot').textContent.match(/#(\\d+)/) || [])[1] !== n", arg=number, timeout=60_000)
    assert watching.evaluate("document.activeElement.className") == "brand"
    assert watching.evaluate("scrollY") == scroll


def test_22_focused_rows_stay(signed_in, cases):
    page = signed_in("supervisor")
    page.goto(cases[0])
    row = page.locator(".stations li[data-row]").first
    row.locator("a").focus()
    html = page.evaluate(
        """async () => { const row = document.querySelector('.stations li[data-row]');
        const text = await (await fetch(location.href)).text();
        return text.includes(row.dataset.row); }""")
    assert html
    # A row that differs from the server's while it has the focus is left alone and marked.
    page.evaluate("document.querySelector('.stations li[data-row] .side').textContent = '旧'")
    an_act(signed_in, cases[0])
    page.wait_for_selector(".stations li[data-row] .updated", timeout=60_000)
    assert page.evaluate("document.activeElement.closest('li[data-row]') !== null")


def test_23_one_announcement(signed_in, cases):
    page = signed_in("supervisor")
    page.goto("/work")
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() => said.push([performance.now(), document.querySelector('#announce').textContent]))
        .observe(document.querySelector('#announce'), {childList: true, characterData: true, subtree: true}); }""")
    page.wait_for_timeout(600)
    other = signed_in("supervisor")
    other.goto(cases[0] + "/acts/follow-up")
    token = other.input_value("input[name=_token]")
    department = other.get_attribute("#department", "value")
    other.evaluate(
        """async ([path, token, department]) => { await Promise.all([...Array(10).keys()].map(i => fetch(path, {method: 'POST',
        body: new URLSearchParams({_token: token, department, demand: '督办 ' + i, item: ''})}))); }""",
        [cases[0] + "/acts/follow-up", token, department])
    page.wait_for_function("() => said.length > 0", timeout=60_000)
    page.wait_for_timeout(2000)
    said = page.evaluate("said")
    # One, however many events; a machine so busy that they take longer has a next one after five seconds.
    assert all(b[0] - a[0] > 4900 for a, b in zip(said, said[1:])), said
    assert len(said) < 5 and int(re.search(r"\d+", said[0][1]).group()) >= 1, said


def test_24_restart(service, signed_in, cases):
    if not hasattr(service, "stop"):
        pytest.skip("the service is not ours to restart")
    page = signed_in("supervisor")
    page.add_init_script(
        """window.heard = []; const E = window.EventSource; window.EventSource = class extends E {
        constructor(...a) { super(...a); this.addEventListener('case', e => window.heard.push(Number(e.lastEventId))); } };""")
    page.goto(cases[0])
    page.wait_for_timeout(800)
    an_act(signed_in, cases[0])
    page.wait_for_function("() => heard.length > 0", timeout=60_000)
    service.stop()
    page.wait_for_selector(".stale", timeout=60_000)
    assert "连接已断开" in page.inner_text(".stale")
    service.start()
    # Before the page is back, something else happens.
    an_act(signed_in, cases[0])
    page.wait_for_selector(".stale", state="detached", timeout=60_000)
    an_act(signed_in, cases[0])
    number = page.evaluate(
        "async () => (await (await fetch('/work')).text(), heard.length)")
    page.wait_for_function("() => heard.length >= 3", timeout=60_000)
    page.wait_for_timeout(600)
    heard = page.evaluate("heard")
    assert heard == sorted(set(heard)), heard
    assert len(heard) >= 3 and number <= len(heard)


def test_25_hidden_tabs_hear_nothing(signed_in):
    page = signed_in("owner")
    page.add_init_script(
        """window.open_ = 0; const E = window.EventSource; window.EventSource = class extends E {
        constructor(...a) { super(...a); window.open_ += 1; } close() { window.open_ -= 1; super.close(); } };""")
    page.goto("/work")
    page.wait_for_timeout(300)
    assert page.evaluate("window.open_") == 1
    page.evaluate(
        """() => { Object.defineProperty(document, 'hidden', {value: true, configurable: true});
        document.dispatchEvent(new Event('visibilitychange')); }""")
    assert page.evaluate("window.open_") == 0


# ---- Clocks

def clocked(signed_in, cases):
    page = signed_in("supervisor")
    for case in cases[:8]:
        page.goto(case + "?lang=zh")
        links = page.eval_on_selector_all(
            "a[href$='/days']", "all => all.map(a => [a.getAttribute('href'), a.textContent])")
        if links:
            return page, case, links
    raise AssertionError("no clock runs in the demonstration")


def test_33_day_lists(signed_in, cases):
    page, case, links = clocked(signed_in, cases)
    for path, words in links[:5]:
        n = int(re.search(r"第 (\d+) 天", words).group(1))
        page.goto(path + "?lang=zh")
        assert page.locator("tr[data-counted=yes]").count() == n, path
        text = page.inner_text(".lead")
        used = float(re.search(r"已用 ([\d.]+) 天", text).group(1))
        limit = float(re.search(r"期限 ([\d.]+) 个", text).group(1))
        assert used == n and limit >= 0


def test_33_rows_add_up(signed_in, cases):
    page, case, links = clocked(signed_in, cases)
    page.goto(case + "?lang=zh")
    for row in page.query_selector_all("table.clocks tbody tr"):
        text = row.inner_text()
        if "停表" in text:
            assert re.search(r"停表 [\d.]+ 个|停表第", text), text
        used, limit = map(float, re.search(r"已用 ([\d.]+) ／ ([\d.]+)", text).groups())
        left = re.search(r"剩 ([\d.]+)", text)
        if left and "停表" not in text:
            assert used + float(left.group(1)) >= limit, text


def test_36_switching_keeps(signed_in, cases):
    page = signed_in("supervisor")
    page.goto(cases[0] + "/acts/follow-up?x=1&lang=zh")
    page.fill("#demand", "写到一半")
    page.click("a[data-language=en]")
    page.wait_for_url("**lang=en")
    assert "/acts/follow-up" in page.url and "x=1" in page.url
    assert page.input_value("#demand") == "写到一半"


def test_37_chinese_type(signed_in):
    page = signed_in(None)
    page.goto("/help?lang=zh")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert all(re.search("CJK|Han|Hei|Song|WenQuan|PingFang|YaHei", font["familyName"]) for font in fonts), fonts
    # No boxes: characters that differ look different, which boxes do not.
    pictures = []
    for character in "规划许可施工验收补正":
        page.evaluate("c => { document.querySelector('h1').textContent = c }", character)
        pictures.append(page.locator("h1").screenshot())
    assert len(set(pictures)) == len(pictures)


def test_40_vertical_map(signed_in, cases):
    wide, narrow = signed_in("supervisor"), signed_in("supervisor", width=360)
    order = []
    for page in (wide, narrow):
        page.goto(cases[0])
        order.append(page.eval_on_selector_all("ol.stages a", "all => all.map(a => a.getAttribute('href'))"))
    assert order[0] == order[1]
    assert narrow.is_hidden(".metro-picture") and wide.is_visible(".metro-picture")
    tops = narrow.eval_on_selector_all("ol.stages a", "all => all.map(a => a.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    lefts = set(narrow.eval_on_selector_all("ol.stages > li", "all => all.map(l => Math.round(l.getBoundingClientRect().left))"))
    assert len(lefts) == 1


def test_42_one_sheet_of_paper(signed_in, cases):
    page = signed_in("supervisor")
    # Projects of the reference project's kind; one with a long story may take two.
    general = [case for case in cases if case.endswith("cq-social-general")]
    for case in [general[0], general[len(general) // 2], general[-1]]:
        page.goto(case)
        public = page.get_attribute("a[href^='/progress/']", "href")
        for address in [case, public]:
            page.goto(address)
            pdf = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, address
