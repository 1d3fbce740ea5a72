"""A service on a seeded demonstration store with a fixed clock, and browsers that are signed in to it."""

import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("BINGLIAN", str(ROOT / ".build" / "debug" / "binglian"))
PASSWORD = "binglian-demo"
OFFICE_DATE = os.environ.get("BINGLIAN_BROWSER_DATE", "2026-05-06")


def workflow(*parts):
    """The address of a page of the workflow library."""
    return "/".join(("", "workflows", *parts))


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="also every page in every look, and the stories by keyboard")


def pytest_configure(config):
    config.addinivalue_line("markers", "long: runs with --all only")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--all"):
        return
    left = [item for item in items if item.get_closest_marker("long")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


class Service:
    """One run of `binglian serve`, which can be ended and started again on the same store and port."""

    def __init__(self, folder, date=OFFICE_DATE):
        self.folder = folder
        self.date = date
        self.store = str(folder / "city.db")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        self.log = open(self.folder / "serve.log", "ab")
        self.process = subprocess.Popen(
            [
                PROGRAM, "serve", "--store", self.store, "--address", f"127.0.0.1:{self.port}", "--demo",
                "--on", self.date, "--rate", "0", "--city", "chongqing=重庆市",
            ],
            cwd=ROOT, stdout=self.log, stderr=self.log,
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(self.url + "/sign-in", timeout=2).read()
                return
            except OSError:
                assert self.process.poll() is None, (self.folder / "serve.log").read_text()
                time.sleep(0.1)
        raise AssertionError("the service did not start")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(25)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    base = os.environ.get("BINGLIAN_URL")
    if base:
        class Running:
            url = base.rstrip("/")
        yield Running()
        return
    service = Service(tmp_path_factory.mktemp("service"))
    service.start()
    yield service
    service.stop()


@pytest.fixture(scope="session")
def base_url(service):
    return service.url


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    browser = playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
    yield browser
    browser.close()


class Browsers:
    """New pages of people who are signed in to a service; what their consoles say and what they load is noted."""

    def __init__(self, browser, base_url):
        self.browser = browser
        self.base_url = base_url
        self.states = {}
        self.contexts = []
        self.noted = []

    def sign_in(self, account):
        context = self.browser.new_context(base_url=self.base_url)
        context.set_default_timeout(60000)
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("#account", account)
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        self.states[account] = context.storage_state()
        context.close()

    def __call__(self, account=None, lang="zh", width=1280, height=900, js=True, **options):
        locale = "zh-CN" if lang == "zh" else "en-GB"
        if account and account not in self.states:
            self.sign_in(account)
        context = self.browser.new_context(
            base_url=self.base_url, viewport={"width": width, "height": height}, locale=locale, java_script_enabled=js,
            storage_state=self.states[account] if account else None, **options)
        self.contexts.append(context)
        page = context.new_page()
        # Long, so that a busy machine is no failure; what has to be quick is measured where it has to be.
        page.set_default_timeout(60000)
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.noted.append(f"{page.url}: {error}"))
        page.on("request", self.asked)
        return page

    def heard(self, message):
        # That a page answered 403, 404, 409 or 422, or that the service was away, is no fault of the page.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text \
                and "ERR_" not in message.text:
            self.noted.append(f"{message.page.url if message.page else ''}: {message.text}")

    def asked(self, request):
        if not request.url.startswith((self.base_url, "data:", "blob:")):
            self.noted.append(f"leaves the origin: {request.url}")

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="session")
def signed_in(browser, base_url, seeded_accounts):
    """A new page of somebody who is signed in: signed_in("owner", lang="en", width=360)."""
    browsers = Browsers(browser, base_url)
    yield browsers
    browsers.close()


@pytest.fixture(autouse=True)
def nothing_foreign_and_no_error(request):
    """After each test: no console said anything, and nothing was asked of another origin."""
    yield
    for name in ("signed_in", "town"):
        if name in request.fixturenames:
            browsers = request.getfixturevalue(name)
            noted, browsers.noted[:] = list(browsers.noted), []
            assert not noted, noted


@pytest.fixture(scope="session")
def seeded_accounts(browser, base_url):
    """Waits until the city has been played up to the office's date: the list of cases does not change any more."""
    context = browser.new_context(base_url=base_url)
    context.set_default_timeout(60000)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("#account", "supervisor")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    last, same, deadline = "", 0, time.monotonic() + 120
    while same < 3 and time.monotonic() < deadline:
        page.goto("/cases?lang=zh")
        now = page.inner_text("main")
        same = same + 1 if now == last and page.query_selector("tbody tr") else 0
        last = now
        time.sleep(1)
    links = page.eval_on_selector_all("tbody th a", "all => all.map(a => a.getAttribute('href').split('?')[0])")
    assert links, "the demonstration has cases"
    context.close()
    return links


@pytest.fixture(scope="session")
def cases(seeded_accounts):
    """The paths of the cases, most urgent first."""
    return seeded_accounts


@pytest.fixture(scope="session")
def tasks(signed_in):
    """The paths of what waits for each account."""
    found = {}
    for account in ["natural-resources", "natural-resources-reviewer", "housing", "housing-approver", "water", "civil-defence", "owner", "window", "ecology",
                    "landscape", "traffic", "public-security", "development-reform", "review-agency", "water-company"]:
        page = signed_in(account)
        page.goto("/work")
        found[account] = page.eval_on_selector_all(
            "section[aria-labelledby=now] a.row", "all => all.map(a => a.getAttribute('href'))")
        page.context.close()
    return found
