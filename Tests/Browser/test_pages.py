"""What holds for every page; README.md says what the numbers stand for.

Pages are visited once in each language and width, and everything is measured there: visiting is what takes time.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import workflow
from test_checks import FORBIDDEN

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

LOOK = """() => {
    const all = (s) => [...document.querySelectorAll(s)];
    const foreign = []; const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) { const n = walk.currentNode;
        if (/[\\u3400-\\u9fff]/.test(n.textContent) && !n.parentElement.closest('[lang^=zh],script,svg text'))
            foreign.push(n.parentElement.outerHTML.slice(0, 160)); }
    const small = all('a,button,input:not([type=hidden]),select,textarea,summary').filter(e => {
        const r = e.getBoundingClientRect(), s = getComputedStyle(e);
        if (!r.width || s.visibility === 'hidden' || e.closest('svg,[aria-hidden],.unseen,[hidden]') || e.classList.contains('skip')) return false;
        const inText = e.tagName === 'A' && s.display === 'inline' && !e.className;
        const label = e.closest('label') || (e.id && document.querySelector(`label[for="${e.id}"]`));
        const box = label && /checkbox|radio/.test(e.type) ? label.getBoundingClientRect() : r;
        const action = e.matches('main .button, main button:not(.plain)');
        return !inText && (Math.max(box.height, r.height) < 24 || Math.max(box.width, r.width) < 24)
            || action && innerWidth === 360 && box.height < 44;
    }).map(e => e.outerHTML.slice(0, 120) + ' ' + Math.round(e.getBoundingClientRect().height));
    const wide = document.documentElement.scrollWidth <= innerWidth ? [] :
        all('body *').filter(e => e.getBoundingClientRect().right > innerWidth + 1
            && !e.closest('.unseen,.skip,.places,.scroll,.metro-picture')).slice(-3).map(e => e.outerHTML.slice(0, 140));
    return { title: document.title, lang: document.documentElement.lang, h1: all('h1').length,
        levels: all('h1,h2,h3,h4').map(h => +h.tagName[1]), text: document.querySelector('main').innerText,
        overflow: document.documentElement.scrollWidth > innerWidth, wide, foreign, small,
        inline: all('[style], style, script:not([src])').map(e => e.outerHTML.slice(0, 120)),
        handlers: all('*').filter(e => [...e.attributes].some(a => /^on/.test(a.name))).map(e => e.outerHTML.slice(0, 120)) };
}"""

SPACED = """() => { const sheet = new CSSStyleSheet();
    sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}');
    document.adoptedStyleSheets = [sheet]; }"""

CLIPPED = """() => [...document.querySelectorAll('main *')].filter(e => {
    const s = getComputedStyle(e);
    if (e.closest('svg,.unseen,.scroll,.metro-picture,[hidden],textarea') || e.closest('thead')) return false;
    return e.children.length === 0 && e.textContent.trim() && s.overflow === 'hidden' && e.scrollWidth > e.clientWidth + 1;
    }).map(e => e.outerHTML.slice(0, 120))"""


SPREAD = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest('.unseen,.skip,.places,.scroll,.metro-picture')).slice(-3).map(e => e.outerHTML.slice(0, 140))"""


def item_paths(page, case):
    page.goto(case)
    return page.eval_on_selector_all(".stations a[href*='/items/']", "all => all.map(a => a.getAttribute('href'))")


@pytest.fixture(scope="session")
def screens(signed_in, cases, tasks):
    """(account, path) of every screen."""
    page = signed_in("supervisor")
    case = cases[0]
    items = item_paths(page, case)
    stage = page.eval_on_selector("a[href*='/stages/']", "a => a.getAttribute('href')")
    public = page.eval_on_selector("a[href^='/progress/']", "a => a.getAttribute('href')")
    page.context.close()
    found = [
        (None, "/sign-in"), (None, "/help"), (None, public), (None, "/nowhere"), ("owner", "/supervision"),
        ("natural-resources", "/work"), ("owner", "/work"), ("supervisor", "/cases"), ("supervisor", "/cases?q=nothing-of-this-name"),
        ("supervisor", case), ("supervisor", case + "/history"), ("natural-resources", "/role"), ("window", "/projects/new"),
        ("window", "/projects/new?workflow=cq-social-small"),
        ("supervisor", items[0]), ("supervisor", items[len(items) // 2]), ("supervisor", items[-1]),
        ("supervisor", f"{items[0]}/days"), ("supervisor", stage), ("supervisor", case + "/acts/follow-up"),
    ]
    forms = set()
    for account, paths in tasks.items():
        if not paths:
            continue
        found.append((account, paths[0]))
        page = signed_in(account)
        for path in paths[:2]:
            page.goto(path)
            for link in page.eval_on_selector_all(
                    "section[aria-labelledby=todo] .buttons a", "all => all.map(a => a.getAttribute('href'))"):
                verb = link.rsplit("/", 1)[-1]
                if verb not in forms:
                    forms.add(verb)
                    found.append((account, link))
        page.context.close()
    assert {"opine", "sign"} <= forms, forms
    page = signed_in("editor")
    page.goto("/workflows")
    page.goto(page.get_attribute("tbody th a", "href"))
    version = page.url.split("?")[0].removeprefix(signed_in.base_url)
    migration = page.eval_on_selector("a[href$='/migration']", "a => a.getAttribute('href')")
    page.context.close()
    page = signed_in("manager")
    page.goto(case + "/simulation")
    page.fill("#runs", "300")
    page.get_by_role("button", name="开始推演").click()
    page.wait_for_url(re.compile("/simulations/"))
    page.wait_for_function("() => !document.querySelector('[data-job]')", timeout=120_000)
    job = page.url.split("?")[0].removeprefix(signed_in.base_url)
    page.context.close()
    found += [
        ("manager", case + "/schedule"), ("manager", case + "/schedule?zoom=week&critical=on"), ("manager", "/simulations"),
        ("manager", case + "/simulation"), ("manager", job), ("editor", "/workflows"), ("editor", version),
        ("editor", workflow("new", "edit")), ("editor", version.rsplit("/", 1)[0] + "/edit"), ("editor", migration),
        ("manager", "/supervision"), ("manager", "/calendars/cn/2026"), ("manager", "/calendars/cn/2035"),
        ("manager", "/exchange"), ("manager", "/system"),
    ]
    return found


@pytest.fixture(scope="session")
def axe():
    return Axe()


def violations(axe, page, path, look):
    result = axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [(look, path, v["id"], [n["html"][:160] for n in v["nodes"]][:2], v["nodes"][0].get("failureSummary", "")[:200])
            for v in result.response["violations"]]


@pytest.fixture(scope="session")
def looks(screens, signed_in, axe, request):
    """What there is on every page, by language and width."""
    taken = {}
    everything = request.config.getoption("--all")

    def look(lang, width):
        if (lang, width) in taken:
            return taken[lang, width]
        seen, pages = [], {}
        for number, (account, path) in enumerate(screens):
            if account not in pages:
                pages[account] = signed_in(account, lang=lang, width=width, height=900 if width > 600 else 740)
            page = pages[account]
            answer = page.goto(path + ("&" if "?" in path else "?") + "lang=" + lang)
            found = page.evaluate(LOOK)
            found.update(path=path, html=page.content(), size=len(answer.body()),
                         policy=answer.headers.get("content-security-policy", ""), axe=[])
            # In the short way axe looks at every page once, and at every fourth in each other look.
            if everything or (lang, width) == ("zh", 1280) or number % 4 == 0:
                found["axe"] += violations(axe, page, path, "light")
                if everything or number % 4 == 1 or width == 360:
                    page.emulate_media(color_scheme="dark")
                    found["axe"] += violations(axe, page, path, "dark")
                    page.emulate_media(color_scheme="light", forced_colors="active")
                    found["axe"] += violations(axe, page, path, "forced colours")
                    page.emulate_media(forced_colors="none")
            # 200 % of 1280 px, and text as wide as WCAG 1.4.12 lets readers set it.
            page.set_viewport_size({"width": 640, "height": 740})
            page.evaluate(SPACED)
            found["clipped"] = page.evaluate(CLIPPED)
            found["spaced"] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found["spread"] = page.evaluate(SPREAD) if found["spaced"] > 1 else []
            page.set_viewport_size({"width": width, "height": 900 if width > 600 else 740})
            seen.append(found)
        for page in pages.values():
            page.context.close()
        taken[lang, width] = seen
        return seen

    return look


# The short way sees each language once, Chinese wide and English narrow, which is the longest.
VIEW = {"zh": 1280, "en": 360}
long = pytest.mark.long
every_view = pytest.mark.parametrize("lang,width", [
    ("zh", 1280), ("en", 360), pytest.param("en", 1280, marks=long), pytest.param("zh", 360, marks=long)])
each_language = pytest.mark.parametrize("lang", ["zh", "en"])


# Each of the four takes three to four minutes.
@every_view
def test_01_axe(looks, lang, width):
    bad = [violation for page in looks(lang, width) for violation in page["axe"]]
    assert not bad, "\n".join(map(str, bad))


@each_language
def test_03_headings_languages_titles(looks, lang):
    titles = {}
    for page in looks(lang, VIEW[lang]):
        assert page["h1"] == 1, page["path"]
        assert page["levels"][0] == 1 and all(b - a <= 1 for a, b in zip(page["levels"], page["levels"][1:])), (
            page["path"], page["levels"])
        assert page["lang"] == {"zh": "zh-CN", "en": "en"}[lang]
        assert page["title"].endswith({"zh": " – 并联 Binglian", "en": " – Binglian"}[lang]), page["title"]
        titles.setdefault(page["title"], set()).add(page["path"].split("?")[0])
    # The same list for two people has one title; two things never do.
    twice = {title: paths for title, paths in titles.items() if len(paths) > 1}
    assert not twice, twice


@every_view
def test_05_targets(looks, lang, width):
    small = [(page["path"], page["small"]) for page in looks(lang, width) if page["small"]]
    assert not small, small


@each_language
def test_09_zoom_and_spacing(looks, lang):
    bad = [(p["path"], p["clipped"], p["spaced"], p["spread"]) for p in looks(lang, VIEW[lang]) if p["clipped"] or p["spaced"] > 1]
    assert not bad, bad


@each_language
def test_18_words_we_do_not_use(looks, lang):
    for page in looks(lang, VIEW[lang]):
        for word in FORBIDDEN + ["undefined", "NaN", "1970-"]:
            assert word not in page["html"], (page["path"], word)


@each_language
def test_35_languages(looks, lang):
    for page in looks(lang, VIEW[lang]):
        if lang == "zh":
            text = "\n".join(line for line in page["text"].splitlines() if "://" not in line)
            keys = re.findall(r"(?<![\w/.-])[a-z]+\.[a-z]+\.[a-z]+(?![\w/-])", text)
            assert not keys, (page["path"], keys)
        else:
            assert not page["foreign"], (page["path"], page["foreign"][:3])


def test_38_plurals(looks):
    text = "\n".join(page["text"] for page in looks("en", VIEW["en"]))
    assert not re.search(r"\b1 (working|calendar) days\b", text), re.search(r".*\b1 (working|calendar) days\b.*", text)
    assert not re.search(r"\b([02-9]|\d{2,}) (working|calendar) day\b(?!-)", text)
    assert re.search(r"\b1 working day\b", text) and re.search(r"\b2 working days\b", text)


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=long)])
def test_39_small_screens(looks, lang):
    wide = [(page["path"], page["wide"]) for page in looks(lang, 360) if page["overflow"]]
    assert not wide, wide


@each_language
def test_50_small_and_strict(looks, lang):
    for page in looks(lang, VIEW[lang]):
        assert page["size"] <= 150_000, (page["path"], page["size"])
        assert not page["inline"] and not page["handlers"], (page["path"], page["inline"], page["handlers"])
        policy = dict(part.strip().split(" ", 1) for part in page["policy"].split(";") if " " in part.strip())
        assert policy.get("default-src") in ("'self'", "'none'"), page["policy"]
        assert "unsafe" not in page["policy"] and "*" not in page["policy"], page["policy"]


def test_50_style_and_script(signed_in):
    page = signed_in("supervisor")
    loaded = {}
    page.on("response", lambda answer: loaded.update({answer.url: answer}))
    page.goto("/cases")
    assets = [answer for url, answer in loaded.items() if "/assets/" in url]
    assert len(assets) >= 2
    assert sum(len(answer.body()) for answer in assets) <= 60_000
