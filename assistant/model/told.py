"""What is sent to the model and where, in plain words for an administrator. Nothing secret."""

import json
from collections.abc import Iterator, Sequence

from assistant.model import prompt
from assistant.model.line import Line
from assistant.model.record import Exchange
from assistant.model.setup import Setup, Task, checked, tasks_of
from assistant.settings import Settings
from ingest.errors import InputError

_ROLES = {"system": "Till modellen", "user": "Frågan med källor", "assistant": "Modellen"}
_DOES = {
    Task.WORDING: "formulerar svaret ur de bestämmelser som sökningen fann",
    Task.UNDERSTANDING: "tolkar frågan: en mening, delfrågor, region",
    Task.SEARCH: "föreslår andra sätt att ställa frågan, för sökningen",
    Task.TOOLS: "väljer bland de regler som räknar",
}
_SENT = (
    "Det här skickas: prompterna nedan, frågan, högst två tidigare turer i samtalet och de "
    "bestämmelser, regler och uträkningar som gäller frågan.",
    "Det här skickas aldrig: vem som frågar, sessioner, omdömen, loggar, riktlinjernas original.",
    "Innan något skickas tas det bort som liknar ett personnummer, och frågor som avvisas skickas "
    "inte alls. Namn och annat som någon skriver trots uppmaningen kan följa med.",
    "Ingen spårning (LangSmith) är påslagen, vad miljön än säger.",
    'Begäran för en viss fråga visas, utan att skickas, av: sip ask "FRÅGA" --show-prompt',
)


def where(settings: Settings) -> str:
    """In a sentence, which model the settings name and where questions go; or why nowhere."""
    try:
        setup = checked(settings)
    except InputError as error:
        return f"Ingenting skickas: {error}"
    if setup is None:
        return "Ingen språkmodell är inställd. Ingenting skickas."
    stays = "stannar på den här datorn" if setup.local else "lämnar den här datorn"
    place = setup.address or f"den adress som leverantören {setup.provider} har"
    return f"Modellen {setup.whole_name} på {place}. Frågorna {stays}."


def overview(settings: Settings, line: Line | None) -> str:
    """The whole: settings, what is sent, how it has gone since the start, every prompt."""
    parts = [f"SPRÅKMODELL\n{where(settings)}"]
    try:
        setup = checked(settings)
        tasks = tasks_of(settings)
    except InputError:
        setup, tasks = None, frozenset()
    parts.append(_settings(setup, tasks))
    parts.append("VAD SOM SKICKAS\n" + "\n".join(_SENT))
    if line is not None:
        parts.append("SEDAN STARTEN\n" + "\n".join(_counted(line)))
    parts += [f"PROMPTEN {name}.txt\n{text.strip()}" for name, text in prompt.templates().items()]
    return "\n\n".join(part for part in parts if part) + "\n"


def requests(exchanges: Sequence[Exchange]) -> str:
    """Requests as they would be sent."""
    if not exchanges:
        return "För den här frågan skickas ingenting till någon språkmodell."
    parts = []
    for number, each in enumerate(exchanges, 1):
        size = prompt.tokens_of(each.messages)
        parts.append(f"BEGÄRAN {number}: {each.task}, ungefär {size} token")
        parts += [f"{_ROLES[m.role]}:\n{m.content}" for m in each.messages]
        if each.tools:
            tools = json.dumps(list(each.tools), ensure_ascii=False, indent=1)
            parts.append(f"Verktyg som modellen får anropa:\n{tools}")
    parts.append(
        "Går någon rad i svaret inte att bekräfta skickas begäran en gång till, med felet."
    )
    return "\n\n".join(parts)


def _settings(setup: Setup | None, tasks: frozenset[Task]) -> str:
    if setup is None:
        return ""
    does = [f"- {task}: {_DOES[task]}" for task in Task if task in tasks]
    limit = f"{setup.budget} token" if setup.budget else "ingen gräns"
    return "\n".join(
        ["DEN FÅR", *does, f"Ett svar väntar högst {setup.seconds:g} sekunder på den.",
         f"Var och en får använda {limit} om dagen."]
    )  # fmt: skip


def _counted(line: Line) -> Iterator[str]:
    yield f"Begäranden: {line.exchanges}"
    if line.budget is not None:
        yield f"Token i dag, alla tillsammans: {line.budget.used_by_all()}"
    for kind, count in sorted(line.troubles.items()):
        yield f"{kind[0].upper()}{kind[1:]}: {count}"
    if line.breaker.open:
        yield "Modellen vilar just nu efter upprepade fel."
