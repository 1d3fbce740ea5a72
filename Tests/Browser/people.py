"""Somebody in front of a browser, who works by mouse or by keyboard alone."""

import re


class Person:
    """What a person does with a page; `keys` for one who has no mouse."""

    def __init__(self, page, keys=False):
        self.page = page
        self.keys = keys

    # ---- Hands

    def reach(self, target, limit=400):
        """Tab until the focus is there: what cannot be reached so cannot be used without a mouse."""
        handle = target.element_handle()
        for _ in range(limit):
            if handle.evaluate("e => document.activeElement === e"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached {handle.evaluate('e => e.outerHTML.slice(0, 160)')}")

    def follow(self, target):
        """A link or a button that leads to another page."""
        target = target.first
        target.wait_for()
        with self.page.expect_navigation():
            if self.keys:
                self.reach(target)
                self.page.keyboard.press("Enter")
            else:
                target.click()

    def write(self, target, text):
        if self.keys:
            self.reach(target)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(text)
        else:
            target.fill(text)

    def tick(self, target):
        if target.is_checked():
            return
        if not self.keys:
            target.check()
            return
        name = target.get_attribute("name")
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        # Of a group of choices Tab reaches one; arrows go on from there.
        for _ in range(400):
            if self.page.evaluate("n => document.activeElement.name === n", name):
                break
            self.page.keyboard.press("Tab")
        if self.page.evaluate("() => !document.activeElement.checked"):
            self.page.keyboard.press("Space")
        for _ in range(20):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows never reached {name}")

    def choose(self, target, value):
        if not self.keys:
            target.select_option(value)
            return
        self.reach(target)
        self.page.keyboard.press("Home")
        for _ in range(60):
            if target.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows never chose {value}")

    # ---- Work

    def post(self, name):
        """Goes on in another post of the same account."""
        page = self.page
        page.goto("/role?lang=zh")
        choice = page.locator("main label.choice", has_text=name).locator("input")
        self.tick(choice)
        self.follow(page.locator("main form button"))

    def answer(self, **given):
        """Fills in the form that is open as somebody who agrees, and sends it; what is done is said on the next page."""
        page = self.page
        groups = page.locator("main form.form input[type=radio]").evaluate_all(
            "all => [...new Set(all.filter(e => !document.querySelector(`input[name='${e.name}']:checked`)).map(e => e.name))]")
        for name in groups:
            wanted = given.get(name, {"verdict": "pass", "decision": "granted"}.get(name))
            options = page.locator(f"main form.form input[type=radio][name='{name}']")
            self.tick(page.locator(f"main form.form input[name='{name}'][value='{wanted}']") if wanted else options.first)
        for box in page.locator("main form.form input[type=checkbox][name=materials]").all():
            self.tick(box)
        empty = page.locator("main form.form").locator("textarea, input[type=text]").evaluate_all(
            """all => all.filter(e => !e.value && !e.hidden && !/^points/.test(e.name) && !/-points$/.test(e.name)
                && !(e.closest('.field') && e.closest('.field').querySelector('.optional'))
                && !/^(reasons|appeal)$/.test(e.name)).map(e => e.name)""")
        for name in empty:
            self.write(page.locator(f"main form.form [name='{name}']"), given.get(name, "同意"))
        self.follow(page.locator("main form.form .buttons button"))
        if page.locator("dl.review").count():
            self.follow(page.locator("button[value=yes]"))
        assert page.locator(".done").count() == 1, page.url + "\n" + page.locator("main").inner_text()[:1200]
        return page.locator(".done").inner_text()

    def work(self, project, **given):
        """Everything that My work asks of this person in one project; what was done."""
        done = []
        page = self.page
        for _ in range(30):
            page.goto("/work?lang=zh")
            row = page.locator(f"section[aria-labelledby=now] a.row[href*='{project}']")
            if row.count() == 0:
                return done
            self.follow(row)
            button = page.locator("section[aria-labelledby=todo] .buttons a")
            assert button.count() > 0, f"nothing to do at {page.url}\n" + page.locator("main").inner_text()[:1200]
            self.follow(button)
            done.append(self.answer(**given))
        raise AssertionError("work without end: " + "\n".join(done))
