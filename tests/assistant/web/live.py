"""The real site on a port of this machine: sign-in, store, desk and page, stopped and started."""

import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from assistant.settings import Settings
from assistant.web.local_users import LocalUsers
from assistant.web.person import Role
from assistant.web.serve import options, site
from assistant.web.vault import Vault, place
from tests.conftest import DAY

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SECRET = "en-hemlighet-som-bara-finns-i-testerna-0123456789"
PASSWORD = "fyra ord utan sammanhang"
PEOPLE = {"vera.user": Role.USER, "sara.super": Role.SUPERUSER, "adam.admin": Role.ADMIN}
ASKED = "Vem kallar till SIP vid utskrivning i Norrbotten?"
PATIENCE = 30_000  # milliseconds; on a machine that does much else at the same time


class Live:
    """A site with a folder of its own. What it keeps outlives a restart, as it does in earnest."""

    def __init__(self, assistant, index: Path, folder: Path, **changed):
        """`changed` are settings."""
        self._assistant = assistant
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.port = taken.getsockname()[1]
        self.settings = Settings(
            **{
                "index": index,
                "database": f"sqlite:///{folder / 'omdomen.db'}",
                "drafts": folder / "utkast",
                "host": "127.0.0.1",
                "port": self.port,
                "secret": SECRET,
            }
            | changed
        )
        if self.settings.sign_in == "lokal":
            vault = Vault(place(self.settings))
            for name, role in PEOPLE.items():
                LocalUsers(vault).add(name, PASSWORD, role)
            vault.close()
        self._running: list[tuple[uvicorn.Server, threading.Thread]] = []
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        app = site(self._assistant, self.settings, lambda: DAY)
        server = uvicorn.Server(uvicorn.Config(app, **options(self.settings)))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        self._running.append((server, thread))

    def stop(self) -> None:
        for server, thread in self._running:
            server.should_exit = True
            thread.join(60)
            assert not thread.is_alive(), "the server did not stop"

    @contextmanager
    def down(self) -> Iterator[None]:
        """The server is gone from the network, as if it was killed; afterwards there is a new one.

        The old one goes on in memory, where nobody reaches it.
        """
        server, _ = self._running[-1]

        def cut():
            for listening in server.servers:
                listening.close()
            for connection in list(server.server_state.connections):
                connection.transport.abort()

        server.servers[0].get_loop().call_soon_threadsafe(cut)
        while server.servers[0].is_serving():
            time.sleep(0.02)
        try:
            yield
        finally:
            self.start()

    def end_sessions(self) -> None:
        """Let half an hour pass without anybody at the keyboard."""
        with sqlite3.connect(place(self.settings)) as vault:
            vault.execute("UPDATE sessions SET seen = seen - 1801")


class Windows:
    """Browser windows on a site, and what went wrong in them."""

    def __init__(self, browser, site: Live):
        self._browser = browser
        self.site = site
        self._contexts = []
        self.wrong, self.hosts = [], set()

    def context(self, **chosen):
        context = self._browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="sv-SE", **chosen
        )
        context.set_default_timeout(PATIENCE)
        context.on("page", self._watch)
        self._contexts.append(context)
        return context

    def _watch(self, page):
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: (self.wrong.append("dialog"), dialog.dismiss()))

    def open(self, path="/", context=None):
        """A page in a window of its own, or in the one given."""
        page = (context or self.context()).new_page()
        page.goto(self.site.address + path)
        return page

    def signed_in(self, name: str, path="/", context=None):
        """A page as it is met by whoever signs in."""
        page = self.open(path, context)
        sign_in(page, name)
        page.wait_for_url(self.site.address + path)
        return page

    def close(self):
        for context in self._contexts:
            context.close()
        assert self.wrong == []


def sign_in(page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Användarnamn").fill(name)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()


def ready(page):
    """The page when it takes a question."""
    day = page.get_by_label("Svaret ska gälla dagen")
    page.wait_for_function("field => field.value !== ''", arg=day.element_handle())
    return page


def send(page, question: str) -> None:
    page.get_by_label("Din fråga").fill(question)
    page.get_by_label("Din fråga").press("Enter")


def ask(page, question: str = ASKED, number: int = 1):
    """The answer to the question, the `number`th of the conversation."""
    send(page, question)
    return answered(page, number)


def answered(page, number: int = 1):
    answer = page.locator(f'.sip-exchange[aria-label="Fråga {number}"] .sip-answer')
    answer.wait_for()
    return answer
