"""The page, served for real on this machine."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def address(index_folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "evals.cli",
            "serve",
            "--port",
            str(port),
            "--index",
            index_folder,
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    where = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(where, timeout=1)
            break
        except OSError:
            assert server.poll() is None, server.stderr.read()
            time.sleep(0.1)
    yield where
    server.terminate()
    server.wait(10)


def test_the_page_is_served_in_swedish_and_names_no_other_host(address):
    html = urllib.request.urlopen(address).read().decode()
    assert "SIP-assistenten" in html
    assert "fonts.googleapis.com" not in html
    assert "Vem kallar till SIP vid utskrivning i Norrbotten?" in html


@pytest.mark.parametrize(
    "closed", ["/monitoring/summary", "/gradio_api/file=/etc/passwd", "/gradio_api/info/all"]
)
def test_what_is_not_used_is_closed(address, closed):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address + closed)
    assert refused.value.code in {401, 403, 404}
