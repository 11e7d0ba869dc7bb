"""Every view in Chromium: axe-core in light and dark, narrow and enlarged, by keyboard alone."""

import re
import shutil
from typing import NamedTuple

import pytest

from tests.assistant.web.live import FLAGS, Live, ask, ready, sign_in
from tests.conftest import ROOT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GRAVE = {"serious", "critical"}
LEADS = "Vem leder SIP-mötet och hur ofta följs planen upp i Norrbotten?"
COMPUTED = (
    "Utskrivningsklar skickades fredag 13 mars 2026 kl 13.10 i Norrbotten. "
    "När börjar betalningsansvaret?"
)
REASON = "Användaren har bett om hjälp."


class Sites(NamedTuple):
    """Addresses: of a site without sign-in, and of one with it."""

    open: str
    closed: str


def start(page, sites):
    page.goto(sites.open)
    ready(page)
    # What Gradio leaves out is put in once the page is open.
    page.locator('[role="radiogroup"]').first.wait_for()


def chat(page, sites):
    start(page, sites)
    yield "empty", "Fråga"
    ask(page, LEADS)
    yield "answer", "Skicka omdömet"
    page.locator(".sip-cite").last.click()
    page.locator(".sip-source.sip-chosen").wait_for()
    yield "source chosen", "Till svaret"
    ask(page, COMPUTED, 2)
    page.locator(".sip-computation summary").click()
    page.locator(".sip-latest .sip-way summary").click()
    page.get_by_role("button", name="Länk till sidan").click()
    yield "computation unfolded", "Skapa länk"
    page.get_by_role("button", name="Nytt samtal").click()
    page.locator("#sip-samtal .sip-empty").wait_for()
    ask(page, "Vem kallar till SIP?")
    yield "clarifying question", "Region Värmland"


def failed(page, sites):
    start(page, sites)
    page.get_by_label("Svaret ska gälla dagen").fill("i övermorgon")
    page.get_by_label("Din fråga").fill(LEADS)
    page.get_by_label("Din fråga").press("Enter")
    page.get_by_text("innehåller inget datum").wait_for()
    yield "day that is none", "Fråga"


def tab(page, sites, name):
    start(page, sites)
    page.get_by_role("tab", name=name).click()
    return page.get_by_role("tabpanel", name=name)


def planner(page, sites):
    panel = tab(page, sites, "Tidsplan")
    yield "planner, empty", "Visa tidsplanen"
    panel.get_by_role("radio", name="Norrbotten").check()
    sent = panel.get_by_label("Utskrivningsklar skickades")
    sent.fill("13/3 2026 kl 13.10")
    sent.press("Enter")
    panel.locator("#sip-plot .points path").first.wait_for()
    panel.get_by_text("Så räknas det").first.click()
    yield "planner with plot", "Skriv ut"
    sent.fill("ingen aning")
    sent.press("Enter")
    panel.get_by_role("alert").wait_for()
    yield "planner, not understood", "Visa tidsplanen"


def registration(page, sites):
    panel = tab(page, sites, "Registrering")
    panel.get_by_role("radio", name="Västra Götaland", exact=True).check()
    panel.get_by_role("radio", name="sjukhus", exact=True).check()
    panel.get_by_role("radio", name="rehab", exact=True).check()
    panel.get_by_role("button", name="Visa registreringen").click()
    panel.locator("#sip-registration").get_by_text("AU125").wait_for()
    yield "registration", "Visa registreringen"


def comparison(page, sites):
    panel = tab(page, sites, "Jämför regioner")
    panel.get_by_role("button", name="Betalningsansvar").click()
    panel.locator(".sip-cell").first.wait_for()
    yield "comparison", "Jämför"


def reading(page, sites):
    for view, path, control in [
        ("guidelines and their laws", "riktlinjer", "Visa"),
        ("one guideline", "riktlinje/halland", "Sök"),
        ("rules", "riktlinje/norrbotten/regler", "Visa"),
        ("search", "sok?q=kallelse&region=norrbotten", "Sök"),
        ("search refused", "sok?q=19811218-9876", "Sök"),
        ("accessibility", "tillganglighet", ""),
        ("no such page", "finns-inte", ""),
    ]:
        page.goto(sites.open + path)
        yield view, control


def desk(page, sites):
    page.goto(f"{sites.open}granskning")
    yield "queue", "Visa"
    page.get_by_role("link", name=re.compile("^Omdöme")).first.click()
    page.wait_for_url("**/omdome/*")
    opening = page.get_by_label(re.compile("^Skäl"))
    if opening.count():  # a reason once given holds for an hour
        yield "reason asked for", "Öppna"
        opening.fill("kort")
        page.locator("form").evaluate("form => { form.noValidate = true; }")
        page.get_by_role("button", name="Öppna").click()
        page.get_by_role("alert").wait_for()
        yield "reason refused", "Öppna"
        opening.fill(REASON)
        page.get_by_role("button", name="Öppna").click()
    page.get_by_role("button", name="Spara omdömet").wait_for()
    for part in page.locator("summary").all():
        part.click()
    yield "case", "Spara omdömet"
    for view, path, control in [
        ("corrections", "rattelser", ""),
        ("statistics", "statistik", "Hämta CSV"),
        ("log", "logg", ""),
    ]:
        page.goto(f"{sites.open}granskning/{path}")
        yield view, control


def entry(page, sites):
    page.goto(f"{sites.closed}logga-in")
    yield "sign-in", "Logga in"
    sign_in(page, "sara.super", "fel lösenord")
    page.get_by_role("alert").wait_for()
    yield "sign-in refused", "Logga in"
    sign_in(page, "sara.super")
    ready(page)
    yield "chat, signed in", "Fråga"
    page.goto(f"{sites.closed}logga-ut")
    yield "sign-out", "Logga ut"


WALKS = [chat, failed, planner, registration, comparison, reading, desk, entry]


class Known(NamedTuple):
    """What axe says that we leave as it is, and why; shown by a walk that comes upon it."""

    outcome: str  # "violations": Gradio's own; "incomplete": axe itself could not tell
    rule: str
    selector: str
    walk: object
    reason: str


KNOWN = [
    Known(
        "incomplete",
        "color-contrast",
        '[role="tab"]',
        registration,
        "Gradio draws the line below a tab as a pseudo-element; measured here instead",
    ),
    Known(
        "incomplete",
        "color-contrast",
        ".label-wrap .icon",
        failed,
        "Gradio's sign for folded or not is no letter, and hidden from screen readers",
    ),
    Known(
        "incomplete",
        "color-contrast",
        ".sip-state [aria-hidden]",
        planner,
        "the sign of a state is no letter; the words beside it say the same",
    ),
    Known(
        "incomplete",
        "color-contrast",
        ".sip-plot text",
        planner,
        "axe does not look behind the text of a picture; measured here instead",
    ),
    Known(
        "incomplete",
        "color-contrast",
        ".sip-said",
        chat,
        "the button of a citation stands within the line; measured here instead",
    ),
]


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def sites(browser, assistant, index_folder, tmp_path_factory):
    lives = [
        Live(assistant, index_folder, tmp_path_factory.mktemp(chosen), sign_in=chosen)
        for chosen in ("av", "lokal")
    ]
    found = Sites(*(f"{live.address}/" for live in lives))
    page = browser.new_page()
    start(page, found)
    ask(page, LEADS)
    page.get_by_label("Fel källa").check()
    page.get_by_role("button", name="Skicka omdömet").click()
    page.locator("#sip-omdome-besked").get_by_text("Tack").wait_for()
    page.close()
    yield found
    for live in lives:
        live.stop()


@pytest.fixture
def opened(browser, sites):
    """Opens an empty window; afterwards nothing may have gone wrong in any."""
    contexts, wrong = [], []

    def open_(width=1280, height=900, **chosen):
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="sv-SE", **chosen
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


class Remark(NamedTuple):
    """What axe says of one element."""

    outcome: str
    rule: str
    impact: str
    element: str
    told: str


def remarks(page):
    """All that axe finds or cannot tell."""
    from axe_playwright_python.sync_playwright import Axe

    asked = {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations", "incomplete"],
    }
    said = Axe().run(page, options=asked).response
    return [
        Remark(outcome, found["id"], node["impact"], node["target"][-1], node["failureSummary"])
        for outcome in ("violations", "incomplete")
        for found in said[outcome]
        for node in found["nodes"]
    ]


def unlisted(page):
    """What axe remarks on, less what is known; and the known that it remarked on."""
    found = remarks(page)
    # Which of the known elements each remark's element is, or lies within.
    inside = page.evaluate(
        """([elements, known]) => elements.map((element) => known.map(
        (of) => document.querySelector(element).closest(of) !== null))""",
        [[remark.element for remark in found], [known.selector for known in KNOWN]],
    )
    left, met = [], set()
    for remark, within in zip(found, inside, strict=True):
        covering = {
            known
            for known, is_within in zip(KNOWN, within, strict=True)
            if is_within and (known.outcome, known.rule) == (remark.outcome, remark.rule)
        }
        met |= covering
        if not covering:
            left.append(remark)
    return left, met


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("walk", WALKS)
def test_axe_finds_nothing_of_ours_and_what_it_cannot_tell_is_listed(opened, sites, walk, scheme):
    page = opened(color_scheme=scheme)
    needed = {known for known in KNOWN if known.walk is walk}
    for view, _ in walk(page, sites):
        left, met = unlisted(page)
        assert [r for r in left if r.outcome == "violations" and r.impact in GRAVE] == [], view
        assert left == [], view
        needed -= met
    assert needed == set(), "can be taken off the list"


# Every text and control that is cut off or lies outside the page; what scrolls in a box of its own
# or is shown to screen readers only is left out.
CUT_OFF = """() => {
  const out = [];
  const name = (e) => `${e.tagName} ${e.className} "${(e.innerText || '').slice(0, 40)}"`;
  const style = (e) => getComputedStyle(e);
  const hidden = (e) => style(e).clipPath !== 'none' || style(e).position === 'absolute'
    && (e.getBoundingClientRect().right < 0 || style(e).clip !== 'auto');
  const scrolls = (e) => ['auto', 'scroll'].includes(style(e).overflowX);
  const up = (e, is) => { for (; e; e = e.parentElement) { if (is(e)) { return true; } } };
  const wide = document.documentElement;
  if (wide.scrollWidth > innerWidth) { out.push(`page ${wide.scrollWidth}`); }
  for (const e of document.body.querySelectorAll('*')) {
    if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true})) { continue; }
    if (e.closest('svg') || e.closest('.sip-plot') || up(e, hidden)) { continue; }
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const control = e.matches('button, input, textarea, a, summary');
    if (own || control) {
      const box = e.getBoundingClientRect();
      const past = box.left < -0.5 || box.right > innerWidth + 0.5;
      if (past && !up(e.parentElement, scrolls)) { out.push(`outside ${name(e)}`); }
    }
    const field = e.matches('input');
    const room = e.matches('textarea') ? parseFloat(style(e).paddingBottom) : 1;
    const clips = (overflow) => ['hidden', 'clip'].includes(overflow);
    if (clips(style(e).overflowX) && !field && e.scrollWidth > e.clientWidth + 1) {
      out.push(`cut ${name(e)}`);
    }
    if (clips(style(e).overflowY) && !field && e.scrollHeight > e.clientHeight + room) {
      out.push(`cut below ${name(e)}`);
    }
  }
  return out;
}"""
# What the reader may set by WCAG 1.4.12 without anything being lost.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def cut_off(page):
    # A plot takes its new width some time after the window has.
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth", timeout=5_000)
    return page.evaluate(CUT_OFF)


@pytest.mark.parametrize("walk", WALKS)
def test_enlarged_and_narrow_nothing_is_cut_off_and_the_page_scrolls_one_way(opened, sites, walk):
    # 200 % in a window 1280 wide, then 400 %, which is 320 wide.
    page = opened(640, 450, device_scale_factor=2)
    for view, control in walk(page, sites):
        for width, height in [(640, 450), (320, 640)]:
            page.set_viewport_size({"width": width, "height": height})
            assert cut_off(page) == [], (view, width)
            if control:
                button = page.get_by_role("button", name=control, exact=True).first
                button.scroll_into_view_if_needed()
                assert button.is_visible(), (view, width, control)
        page.set_viewport_size({"width": 640, "height": 450})


@pytest.mark.parametrize("walk", [chat, planner, comparison])
def test_with_text_spaced_out_nothing_is_cut_off(opened, sites, walk):
    page = opened()
    for view, _ in walk(page, sites):
        page.evaluate(SPACED)
        assert cut_off(page) == [], view


def test_a_table_shown_as_blocks_is_still_a_table(opened, sites):
    page = opened(320, 640)
    for _ in registration(page, sites):
        table = page.get_by_role("table", name="Registrering av SIP, Västra Götaland")
        rows = table.get_by_role("row")
        assert rows.last.evaluate("row => getComputedStyle(row).display") == "block"
        assert rows.last.get_by_role("cell").count() == 4


# Of the first element: its colour and what is behind it, as numbers 0-255.
COLOURS = """([selector, name]) => {
  const element = [...document.querySelectorAll(selector)].find((e) => e.checkVisibility());
  const numbers = (text) => {
    const found = text.match(/[\\d.]+/g).map(Number);
    return text.startsWith('color(') ? found.map((n) => n * 255) : found;
  };
  const solid = (colour) => colour.length < 4 || colour[3] === 1;
  const own = numbers(getComputedStyle(element)[name]).slice(0, 3);
  for (let e = name.startsWith('border') ? element.parentElement : element; e;
       e = e.parentElement) {
    const behind = numbers(getComputedStyle(e).backgroundColor);
    if (solid(behind)) { return [own, behind.slice(0, 3)]; }
  }
  return [own, [255, 255, 255]];
}"""


def contrast(page, selector, name="color"):
    """The ratio of WCAG 2 between an element's colour and what is behind it; and its colour."""

    def light(colour):
        shares = [part / 255 for part in colour]
        parts = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    own, behind = page.evaluate(COLOURS, [selector, name])
    dim, bright = sorted([light(own), light(behind)])
    return (bright + 0.05) / (dim + 0.05), own


def test_what_axe_cannot_judge_stands_out_in_light_and_dark(opened, sites):
    seen = {}
    for scheme in ("light", "dark"):
        page = opened(color_scheme=scheme)
        for walk, stop, parts in [
            (
                chat,
                "source chosen",
                [
                    ('[role="tab"][aria-selected="true"]', "color", 4.5),
                    ('[role="tab"][aria-selected="false"]', "color", 4.5),
                    (".sip-said", "color", 4.5),
                    (".sip-chosen mark", "color", 4.5),
                    ("#sip-fraga textarea", "borderTopColor", 3),
                    ('input[type="radio"]:not(:checked)', "borderTopColor", 3),
                    ('input[type="radio"]:checked', "borderTopColor", 3),
                ],
            ),
            (
                planner,
                "planner with plot",
                [
                    (".sip-plot .annotation-text", "fill", 4.5),
                    (".sip-plot .xtick text", "fill", 4.5),
                    (".sip-plot .points path", "fill", 3),
                    (".sip-state", "color", 4.5),
                    (".sip-state", "borderLeftColor", 3),
                    (".sip-events textarea, .sip-events input", "borderTopColor", 3),
                ],
            ),
        ]:
            for view, _ in walk(page, sites):
                if view == stop:
                    break
            for selector, name, least in parts:
                ratio, colour = contrast(page, selector, name)
                assert ratio >= least, (selector, name, scheme)
                seen.setdefault((selector, name), []).append(colour)
    for changed in [(".sip-chosen mark", "color"), (".sip-plot .annotation-text", "fill")]:
        light, dark = seen[changed]
        assert light != dark, changed


def test_each_group_of_choices_has_a_name_and_is_moved_in_by_arrow(opened, sites):
    page = opened()
    start(page, sites)
    group = page.get_by_role("radiogroup", name="Region", exact=True)
    group.get_by_role("radio", name="Anges i frågan").focus()
    page.keyboard.press("ArrowDown")
    chosen = group.get_by_role("radio", checked=True)
    assert chosen.get_attribute("value") == "halland"
    assert page.evaluate("document.activeElement.value") == "halland"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") != "radio"
    ask(page, "Vem kallar till SIP?")
    assert "Halland" in page.locator(".sip-source:visible h3").inner_text()
    page.get_by_role("radiogroup", name="Vad tycker du om svaret?").wait_for()
    for name in ("Tidsplan", "Registrering"):
        page.get_by_role("tab", name=name).click()
        for shown in page.get_by_role("tabpanel", name=name).get_by_role("radiogroup").all():
            assert shown.get_attribute("aria-labelledby")
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('input[type="radio"]')].filter((e) =>
        !document.getElementById(e.closest('[role="radiogroup"]')
          ?.getAttribute('aria-labelledby'))?.textContent.trim()).map((e) => e.value)"""
    )
    assert unnamed == []


def test_what_unfolds_tells_whether_it_is_open(opened, sites):
    page = opened()
    start(page, sites)
    for name, was in [("Exempel på frågor", True), ("Länk till sidan", False)]:
        button = page.get_by_role("button", name=name, expanded=was)
        held = page.locator(f"#{button.get_attribute('aria-controls')}")
        assert held.is_visible() is was
        button.press("Enter")
        page.get_by_role("button", name=name, expanded=not was).wait_for()
        held.wait_for(state="hidden" if was else "visible")


def test_a_field_is_named_by_its_heading_and_described_by_its_hint(opened, sites):
    page = opened()
    start(page, sites)
    field = page.get_by_role("textbox", name="Din fråga", exact=True)
    described = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert "Skriv aldrig personuppgifter" in described.inner_text()


def test_the_tabs_are_all_there_on_a_phone_and_are_walked_by_arrow(opened, sites):
    page = opened(320, 640)
    start(page, sites)
    tabs = page.get_by_role("tab")
    assert [tab.is_visible() for tab in tabs.all()] == [True] * 4
    assert page.get_by_role("button", name="More tabs").count() == 0
    tabs.first.focus()
    for key, name in [
        ("ArrowRight", "Tidsplan"),
        ("ArrowLeft", "Fråga"),
        ("ArrowLeft", "Jämför regioner"),
        ("ArrowRight", "Fråga"),
        ("End", "Jämför regioner"),
        ("Home", "Fråga"),
    ]:
        page.keyboard.press(key)
        page.get_by_role("tabpanel", name=name, exact=True).wait_for()
        assert page.evaluate("document.activeElement.innerText.trim()") == name
        assert page.get_by_role("tab", selected=True).all_inner_texts() == [name]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") != "tab"


# From here the Tab key goes to the first stop of the page.
TO_TOP = """() => {
  window.walked = new Set();
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
}"""


def test_the_first_stop_leads_past_the_top_and_keeps_the_conversation(opened, sites):
    page = opened()
    start(page, sites)
    ask(page, LEADS)
    page.evaluate(TO_TOP)
    page.keyboard.press("Tab")
    past = page.get_by_role("link", name="Hoppa till innehållet")
    assert past.evaluate("link => link === document.activeElement")
    assert past.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sip-flikar"
    assert "#" not in page.url
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "tab"
    assert page.locator(".sip-exchange").count() == 1


# What is put into a live region, as a screen reader would be told of it.
HEARD = """() => {
  window.heard = [];
  const live = (node) => (node.nodeType === 1 ? node : node.parentElement)
    ?.closest('[role="log"], [role="status"], [role="alert"]');
  new MutationObserver((changes) => {
    for (const { addedNodes, target, type } of changes) {
      for (const node of type === 'characterData' ? [target] : addedNodes) {
        if (live(node)) { window.heard.push(node.textContent); }
      }
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def heard(page, words):
    """All that has been said since last asked, once the words are among it."""
    page.wait_for_function("words => window.heard.join(' ').includes(words)", arg=words)
    return " ".join(page.evaluate("window.heard.splice(0)"))


def test_a_new_answer_is_said_and_the_ones_before_are_not_said_again(opened, sites):
    page = opened()
    start(page, sites)
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    (log,) = [node for node in tree if node.get("role", {}).get("value") == "log"]
    held = {one["name"]: one["value"]["value"] for one in log["properties"]}
    assert (log["name"]["value"], held["live"]) == ("Samtal", "polite")
    page.evaluate(HEARD)
    first = ask(page, LEADS).locator(".sip-said").first.inner_text()
    heard(page, first.split(" [")[0][:60])
    second = ask(page, COMPUTED, 2).locator(".sip-said").first.inner_text()
    said = heard(page, second.split(" [")[0][:60])
    assert first[:60] not in said


def test_what_the_other_tabs_have_found_is_said(opened, sites):
    page = opened()
    page.add_init_script(f"addEventListener('load', {HEARD})")
    for walk, words in [
        (planner, "Tidsplanen är klar. Frister med datum: "),
        (registration, "Registreringen är klar, "),
        (comparison, "Jämförelsen är klar. "),
    ]:
        steps = walk(page, sites)
        if walk is planner:
            next(steps)
        next(steps)
        heard(page, words)


# Each stop of the Tab key with what shows that it is there.
WALKED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) { return null; }
  const { outlineStyle, outlineWidth } = getComputedStyle(e);
  const again = window.walked.has(e);
  window.walked.add(e);
  return { again, seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    told: e.outerHTML.slice(0, 120) };
}"""
MISSED = """() => [...document.querySelectorAll('a[href], button, input, textarea, summary')]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled
    && !window.walked.has(e) && e.getAttribute('tabindex') !== '-1'
    && !(e.type === 'radio' && [...window.walked].some((o) => o.name === e.name)))
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("walk", [chat, planner, registration, comparison, desk, entry])
def test_the_tab_key_reaches_every_control_shows_where_it_is_and_comes_out(opened, sites, walk):
    page = opened()
    for view, _ in walk(page, sites):
        page.evaluate(TO_TOP)
        left = False
        for _ in range(300):
            page.keyboard.press("Tab")
            stop = page.evaluate(WALKED)
            if stop is None:  # out of the page; from there it goes round
                left = True
            elif stop["again"]:
                break
            else:
                assert stop["seen"], (view, stop["told"])
        assert left, view
        assert page.evaluate(MISSED) == [], view


def test_the_start_page_leads_to_the_statement_which_tells_what_the_document_tells(opened, sites):
    page = opened()
    start(page, sites)
    page.get_by_role("link", name="Tillgänglighet", exact=True).click()
    page.get_by_role("heading", name="Kända brister").wait_for()
    known = page.locator("#brister li").all_inner_texts()
    document = (ROOT / "docs" / "tillganglighet.md").read_text("utf-8").replace("\n", " ")
    assert known
    assert [weakness for weakness in known if weakness not in document] == []
