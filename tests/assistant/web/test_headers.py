"""Headers, closed routes, other hosts and other sites."""

import re

import pytest
from starlette.testclient import TestClient

from assistant.web.gate import MAX_BODY, Gate
from assistant.web.headers import PLAIN_POLICY, completed
from assistant.web.mounted import is_open, start_page

PAGES = ["/", "/riktlinjer", "/riktlinje/halland", "/riktlinje/vgr/regler", "/sok", "/sok?q=sip"]
# Addresses that are names of formats, not places that are asked for anything.
NAMES = ("http://www.w3.org/", "http://127.0.0.1", "https://127.0.0.1")


@pytest.mark.parametrize("path", [*PAGES, "/api/health", "/api/rules", "/saknas", "/theme.css"])
def test_every_reply_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers


def test_a_page_of_ours_may_run_no_script_and_load_from_no_other_host(client):
    assert client.get("/riktlinjer").headers["content-security-policy"] == PLAIN_POLICY
    assert "script-src" not in PLAIN_POLICY
    assert "<script" not in client.get("/riktlinje/halland").text


def test_the_start_page_marks_its_scripts_anew_each_time(client):
    policies = set()
    for _ in range(2):
        reply = client.get("/")
        policy = reply.headers["content-security-policy"]
        nonce = re.search(r"'nonce-([\w-]+)'", policy)[1]
        policies.add(nonce)
        assert reply.text.count("<script") == reply.text.count(f'<script nonce="{nonce}"') > 0
        script = re.search(r"script-src ([^;]+);", policy)[1]
        assert "unsafe-inline" not in script
    assert len(policies) == 2


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_an_outside_host(client, path):
    html = client.get(path).text
    # What stands in the page's own data is text to show; what a browser follows is an attribute.
    followed = re.findall(r"(?:src|href|action|content|srcset)=\"((?:https?:)?//[^\"]*)", html)
    assert [address for address in followed if not address.startswith(NAMES)] == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_in_swedish(client, path):
    assert re.search(r"<html\s+lang=\"sv\"", client.get(path).text)


def test_answers_are_never_kept_by_a_browser(client):
    for path in ["/api/regions", "/sok?q=sip", "/"]:
        assert client.get(path).headers["cache-control"] == "no-store"
    assert "no-store" not in client.get("/riktlinje/halland").headers["cache-control"]


def test_https_is_demanded_for_good_only_over_https():
    names = [name for name, _ in completed([], "/", "http")]
    assert b"strict-transport-security" not in names
    names = [name for name, _ in completed([], "/", "https")]
    assert b"strict-transport-security" in names


def test_a_header_set_by_a_route_stands():
    had = [(b"Cache-Control", b"private"), (b"Server", b"x")]
    headers = completed(had, "/", "http")
    assert (b"Cache-Control", b"private") in headers
    assert [name.lower() for name, _ in headers].count(b"cache-control") == 1
    assert b"server" not in [name.lower() for name, _ in headers]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/upload_progress"),
        ("GET", "/gradio_api/proxy=https://example.org/"),
        ("GET", "/gradio_api/file=https://example.org/x"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file=../../etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/run/predict"),
        ("POST", "/gradio_api/api/predict"),
        ("POST", "/gradio_api/call/reply"),
        ("POST", "/gradio_api/call/v2/reply"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/openapi.json"),
        ("GET", "/gradio_api/deep_link"),
        ("GET", "/gradio_api/runs"),
        ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/monitoring"),
        ("GET", "/monitoring/summary"),
        ("POST", "/login"),
        ("GET", "/manifest.json"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("PUT", "/"),
    ],
)
def test_what_the_page_does_not_use_is_closed(client, method, path):
    reply = client.request(method, path, json={} if method != "GET" else None)
    assert reply.status_code in {403, 404, 405}, reply.text
    assert "root:" not in reply.text


def test_what_the_page_uses_is_open(client):
    for path in ["/config", "/theme.css", "/gradio_api/startup-events"]:
        assert client.get(path).status_code == 200
    script = re.search(r'src="\./(assets/[^"]+)"', client.get("/").text)[1]
    assert client.get(f"/{script}").status_code == 200


def test_the_routes_are_opened_by_name_alone():
    assert is_open("GET", "/gradio_api/file=/tmp/gradio/ab12/frister.ics")
    assert not is_open("GET", "/gradio_api/file=http:/x")
    assert not is_open("GET", "//gradio_api/queue/data")
    assert not is_open("GET", "/assets/../config.py\0")
    assert not is_open("DELETE", "/")


def test_the_start_page_loses_what_names_other_hosts():
    html = (
        '<html lang="en"><head><meta property="og:image"\n content="https://x.org/a.png" />'
        '<link rel="manifest" href="/manifest.json" /><script>1</script></head><body class="a">'
    )
    made = start_page(html, "n")
    assert "x.org" not in made
    assert "manifest" not in made
    assert '<script nonce="n">1</script>' in made
    assert '<body class="a"><noscript>' in made


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org", "", "localhost.evil.se:7860"]
)
def test_another_host_name_is_turned_away_where_nobody_signs_in(client, host):
    reply = client.get("/api/health", headers={"host": host})
    assert reply.status_code == 421
    assert "inloggning" in reply.json()["error"]


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "LOCALHOST:1", "[::1]:7860"])
def test_this_machines_own_names_are_let_in(client, host):
    assert client.get("/api/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://example.org"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://[trasig"},
    ],
)
def test_another_site_cannot_write(client, headers):
    for path in ["/api/ask", "/gradio_api/queue/join"]:
        reply = client.post(path, json={"turns": ["Vem kallar?"]}, headers=headers)
        assert reply.status_code == 403
        assert "webbplats" in reply.json()["error"]


def test_the_same_site_and_a_program_can_write(client):
    body = {"turns": ["Vem kallar till SIP i Värmland?"]}
    for headers in [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1"}]:
        assert client.post("/api/ask", json=body, headers=headers).status_code == 200


def test_too_large_a_body_is_refused_whether_or_not_its_size_is_told(client):
    large = b'{"turns": ["' + b"a" * MAX_BODY + b'"]}'
    told = client.post("/api/ask", content=large, headers={"content-type": "application/json"})

    def piecemeal():
        for start in range(0, len(large), 65536):
            yield large[start : start + 65536]

    untold = client.post(
        "/api/ask", content=piecemeal(), headers={"content-type": "application/json"}
    )
    assert (told.status_code, untold.status_code) == (413, 413)
    assert "för stort" in untold.json()["error"]


def test_a_fault_of_ours_is_told_without_what_was_asked(caplog):
    async def broken(scope, receive, send):
        raise ValueError("hemlig fråga om 19121212-1212")

    reply = TestClient(Gate(broken), base_url="http://127.0.0.1").get("/sok?q=hemlig")
    assert reply.status_code == 500
    assert "Försök igen" in reply.json()["error"]
    assert "ValueError" in caplog.text
    assert "hemlig" not in caplog.text + reply.text
