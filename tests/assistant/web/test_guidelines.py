"""The guideline pages: everything of the edition is there, every text is text."""

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from assistant import regions
from assistant.rules import all_rules
from assistant.settings import Settings
from assistant.web import edition_view as view
from assistant.web.app import create_app
from tests.assistant.web.conftest import HERE
from tests.assistant.web.hostile import HOSTILE
from tests.conftest import DAY

REGIONS = [region.id for region in regions.with_guideline()]


class Page(HTMLParser):
    """The ids, links, headings and elements of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.levels, self.tags = [], [], [], []
        self.labels, self.fields = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append(tag)
        self.ids += [held["id"]] if "id" in held else []
        self.links += [held["href"]] if tag == "a" else []
        self.levels += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        if tag == "label" and "for" in held:
            self.labels.add(held["for"])
        if tag == "input" and held.get("type") not in ("hidden", "radio"):
            self.fields.append(held.get("id"))


@pytest.fixture(scope="module")
def pages(client):
    paths = ["/riktlinjer", "/sok", "/sok?q=vem+kallar", "/tillganglighet"]
    paths += [f"/riktlinje/{region}" for region in REGIONS]
    paths += [f"/riktlinje/{region}/regler" for region in REGIONS]
    return {path: client.get(path).text for path in paths}


def test_every_provision_of_the_edition_has_its_anchor_and_its_text(pages, edition):
    for region in REGIONS:
        page, html = Page(pages[f"/riktlinje/{region}"]), unescape(pages[f"/riktlinje/{region}"])
        own = [p for p in edition.provisions.values() if p.region == region]
        assert own
        assert [key for key in page.ids if key in edition.provisions] == [p.id for p in own]
        assert [p.id for p in own if p.text not in html] == []


def test_no_id_stands_twice_and_every_link_leads_somewhere(pages):
    ids = {path: Page(html).ids for path, html in pages.items()}
    for path, html in pages.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for link in Page(html).links:
            target, _, anchor = link.partition("#")
            target = target or path
            assert target == "/" or target in pages, link
            assert not anchor or anchor in ids[target], link


def test_headings_stand_in_order_and_every_field_has_a_label(pages):
    for path, html in pages.items():
        page = Page(html)
        assert page.levels[0] == 1
        assert page.levels.count(1) == 1
        steps = zip(page.levels, page.levels[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), path
        assert [field for field in page.fields if field not in page.labels] == []
        assert page.links[0] == "#innehall"
        assert "innehall" in page.ids


def test_each_heading_of_the_original_stands_once(pages, edition):
    for region in REGIONS:
        own = [p.locator.headings for p in edition.provisions.values() if p.region == region]
        paths = {headings[:n] for headings in own for n in range(1, len(headings) + 1)}
        anchors = [key for key in Page(pages[f"/riktlinje/{region}"]).ids if key[:8] == "avsnitt-"]
        assert len(anchors) == len(paths)


def article(html, key):
    return unescape(re.search(rf'<article [^>]*id="{key}">.*?</article>', html, re.DOTALL)[0])


def test_a_gap_says_that_it_is_not_stated(pages, edition):
    for region in REGIONS:
        gaps = {p.id for p in edition.provisions.values() if p.region == region and p.gap}
        html = pages[f"/riktlinje/{region}"]
        assert html.count("Anges inte</p>") == len(gaps)
        assert all("Anges inte</p>" in article(html, key) for key in gaps)


def test_a_provision_shows_place_rules_and_at_most_five_forms(pages, edition):
    key = "norrbotten-bet-oversikt"
    shown = article(pages["/riktlinje/norrbotten"], key)
    provision = edition.provisions[key]
    assert f"sida {provision.locator.page}, rad {provision.locator.lines.first}" in shown
    assert f"/riktlinje/norrbotten/regler#regel-{key}" in shown
    forms = [form for name, form in edition.forms if name == key]
    assert sum(form in shown for form in forms) == min(5, len(forms)) > 0
    assert "Originalets ord" not in shown


def test_every_rule_is_listed_under_its_region(pages):
    listed = {key for path in pages for key in Page(pages[path]).ids if key.startswith("regel-")}
    assert listed == {f"regel-{rule}" for rule in all_rules()}


def test_a_law_is_told_to_be_in_force_or_not_on_the_day(client):
    now = unescape(client.get("/riktlinjer").text)
    assert "socialtjänstlagen (2001:453):" in now
    assert "gäller inte längre</strong>, sista dagen var måndag 30 juni 2025" in now
    then = unescape(client.get("/riktlinjer?datum=2025-06-30").text)
    assert "sista dagen var måndag 30 juni 2025" not in then
    assert "måndag 30 juni 2025" in then


@pytest.mark.parametrize("day", ["igår", "2026-13-01", "1999-12-31", "9999-12-31", "<b>", "\x00"])
def test_a_day_that_cannot_be_read_is_told_on_a_page(client, day):
    reply = client.get("/riktlinjer", params={"datum": day}, headers={"accept": "text/html"})
    assert reply.status_code == 422
    assert "Datumet går inte att läsa" in reply.text
    assert "<b>" not in reply.text


@pytest.mark.parametrize("path", ["/riktlinje/skane", "/riktlinje/..%2f..%2fetc", "/riktlinje/a/b"])
def test_a_region_without_a_guideline_is_not_found(client, path):
    reply = client.get(path, headers={"accept": "text/html"})
    assert reply.status_code == 404
    assert "Sidan finns inte" in reply.text


def test_the_originals_own_lines_stand_where_they_are_at_hand(
    assistant, index_folder, originals, edition
):
    settings = Settings(index=index_folder, sign_in="av", originals=originals)
    client = TestClient(create_app(assistant, settings, lambda: DAY), base_url=HERE)
    key = "norrbotten-bet-oversikt"
    provision = edition.provisions[key]
    shown = article(client.get("/riktlinje/norrbotten").text, key)
    words = " ".join(re.search(r"<pre>(.*?)</pre>", shown, re.DOTALL)[1].split())
    assert provision.locator.phrase in words


def test_a_long_page_travels_compressed(client):
    reply = client.get("/riktlinje/norrbotten", headers={"accept-encoding": "gzip"})
    plain = client.get("/riktlinje/norrbotten", headers={"accept-encoding": "identity"})
    assert reply.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(reply.headers["content-length"]) < len(plain.content) / 3
    assert reply.text == plain.text


def test_a_search_finds_and_marks_the_words_in_any_of_their_forms(client):
    html = client.get("/sok", params={"q": "kallelsen till SIP", "region": "norrbotten"}).text
    assert re.search(r"<mark>[Kk]allelse\w*</mark>", html)
    assert 'value="norrbotten" checked' in html
    links = [link for link in Page(html).links if "#" in link and link != "#innehall"]
    assert links
    assert all(link.startswith("/riktlinje/norrbotten#norrbotten-") for link in links)


def test_without_a_region_the_search_is_in_all_of_them(client):
    html = client.get("/sok", params={"q": "vem kallar till SIP"}).text
    assert {
        link.split("/")[2].split("#")[0] for link in Page(html).links if "#" in link[1:]
    } == set(REGIONS)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_searched_for_is_never_markup(client, text):
    reply = client.get("/sok", params={"q": text})
    assert reply.status_code == 200
    clean = Page(client.get("/sok", params={"q": "kallelse"}).text)
    page = Page(reply.text)
    assert set(page.tags) <= set(clean.tags) | {"mark", "strong"}
    assert "49" not in re.findall(r'value="([^"]*)"', reply.text)
    assert "onfocus=" not in re.sub(r'"[^"]*"', "", reply.text)
    assert "set-cookie" not in reply.headers


def test_a_search_that_may_hold_personal_data_or_is_too_long_is_not_sent_back(client):
    for text in ["19121212-1212", "hemlig " * 1500]:
        reply = client.get("/sok", params={"q": text})
        assert reply.status_code == 422
        assert "1212" not in reply.text
        assert "hemlig" not in reply.text
        assert 'role="alert"' in reply.text


def test_an_urgent_search_is_pointed_to_112(client):
    assert "112" in client.get("/sok", params={"q": "Patienten har slutat andas"}).text


def test_an_unknown_region_in_a_search_is_told_and_not_sent_back(client):
    reply = client.get("/sok", params={"q": "sip", "region": "xyzzy"})
    assert reply.status_code == 422
    assert "xyzzy" not in reply.text


def test_marked_text_is_the_text(edition):
    for provision in list(edition.provisions.values())[::25]:
        pieces = view.marked(provision.text, "När ska kallelsen skickas till kommunen?")
        assert "".join(piece for piece, _ in pieces) == provision.text


def test_only_words_that_say_something_are_marked():
    hits = [
        piece for piece, hit in view.marked("Den som kallar ska kalla i tid.", "vem kallar?") if hit
    ]
    assert hits == ["kallar", "kalla"]


def test_a_law_is_in_force_from_its_first_day_to_its_last():
    text = ["enligt 2001:453 och 2025:400"]
    said = {
        day: [one.law.sfs for one in view.cited(text, day) if one.in_force]
        for day in [date(2025, 6, 30), date(2025, 7, 1), date(2001, 12, 31)]
    }
    assert list(said.values()) == [["2001:453"], ["2025:400"], []]
