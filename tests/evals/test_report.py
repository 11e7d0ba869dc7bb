"""Reports: JUnit that parses, HTML that stands alone and escapes, drafts kept apart."""

import shutil
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from evals import report
from evals.case import load
from evals.run import assistant_system, evaluate, facts


@pytest.fixture(scope="module")
def outcomes(assistant):
    sets = {"dev": load(["dev"])["dev"][:12]}
    return evaluate(assistant_system(assistant), sets, assistant.corpus)


@pytest.fixture(scope="module")
def html(outcomes, assistant):
    return report.html(outcomes, facts("c", "m"), assistant.corpus)


def test_junit_has_a_test_for_each_case_and_a_failure_for_each_that_failed(outcomes):
    root = ElementTree.fromstring(report.junit(outcomes).split("\n", 1)[1])
    assert len(root.findall(".//testcase")) == len(outcomes)
    assert len(root.findall(".//failure")) == sum(not o.passed for o in outcomes)


def test_a_draft_is_reported_apart_and_fails_nothing(outcomes):
    failed = next(o for o in outcomes if not o.passed)
    draft = replace(failed, case=failed.case.model_copy(update={"checked_by": None}))
    assert set(report.groups([draft])) == {"draft"}
    root = ElementTree.fromstring(report.junit([draft]).split("\n", 1)[1])
    assert root.find(".//skipped") is not None
    assert root.find(".//failure") is None


def test_the_page_names_no_other_host_and_shows_every_case(html, outcomes):
    assert "http://" not in html.replace("http://127.0.0.1", "")
    assert "src=" not in html
    assert "<link" not in html
    assert all(o.case.id in html for o in outcomes)


def test_nothing_of_an_answer_is_rendered_as_markup(outcomes, assistant):
    bad = replace(outcomes[0], reply=replace(outcomes[0].reply, answer="<script>x</script>"))
    assert "<script>x" not in report.html([bad], facts("c", "m"), assistant.corpus)


def test_the_page_opens_in_a_browser_without_a_request_and_filters(html, tmp_path, outcomes):
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    path = tmp_path / "report.html"
    path.write_text(html, "utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page()
        requests, errors = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        assert page.locator("details.case:visible").count() == len(outcomes)
        page.locator("#state").select_option("fail")
        failed = sum(not o.passed for o in outcomes)
        assert page.locator("details.case:visible").count() == failed
        page.locator("#q").fill("zzzzz")
        assert page.locator("details.case:visible").count() == 0
        browser.close()
    assert [url for url in requests if not url.startswith("file:")] == []
    assert errors == []
