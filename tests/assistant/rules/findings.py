"""What is wrong with the rules, as lists of findings; as a script, with whatever rules it imports.

Each check is a plain function, so that it can be run on rules into which an error has been put.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import assistant.rules
from assistant.rules import Rule, all_rules, compute
from assistant.rules.batch import as_json
from assistant.rules.calendar import has_time, read, written
from assistant.rules.deadlines import IN_TIME, TOO_LATE
from assistant.rules.points import table
from assistant.rules.wording import REGIONS
from corpus import FOLDER
from ingest.document import Corpus
from ingest.edition import read_corpus
from tests.assistant.rules.claims import all_claims
from tests.assistant.rules.exempt import ELSEWHERE, OURS
from tests.assistant.rules.numbers import Number, names, numbers

VECTORS = Path(__file__).parent / "vectors.jsonl"
COMMENT = {"distractor_rule"}
LAWS = "laws.toml"
Stated = Mapping[str, set[Number]]


def stated_in_edition(corpus: Corpus) -> Stated:
    """The numbers of each provision in our own words, and those of the laws cited."""
    stated = {name: _stated(provision.text) for name, provision in corpus.provisions.items()}
    return stated | {LAWS: _of_laws()}


def stated_in_originals(corpus: Corpus, folder: Path) -> Stated:
    """The numbers in the lines of the originals that each provision rests on."""
    lines = {
        document.id: (folder / document.file).read_text("utf-8").split("\n")
        for document in corpus.documents.values()
    }
    stated = {LAWS: _of_laws()}
    for name, provision in corpus.provisions.items():
        stated[name] = set()
        for first, last in (provision.locator.lines, *provision.locator.also):
            stated[name] |= _stated("\n".join(lines[provision.document][first - 1 : last]))
    return stated


def unsourced(
    rules: Mapping[str, Rule],
    cells: Mapping[str, Any],
    stated: Stated,
    *,
    elsewhere: Mapping[tuple[str, str, str], str] = ELSEWHERE,
    ours: Mapping[tuple[str, str, str], str] = OURS,
) -> list[str]:
    """Every number of a rule that none of its provisions states."""
    missing = []
    for claim in all_claims(rules, cells):
        sources = list(claim.sources)
        sources += [LAWS] if claim.topic == "lagstod" else []
        sources += [elsewhere[claim.kind]] if claim.kind in elsewhere else []
        if claim.kind in ours or any(claim.number in stated.get(one, ()) for one in sources):
            continue
        missing.append(f"{claim.rule}: {claim.place}: {claim.number} is not in {sources}")
    return missing


def unknown_provisions(
    rules: Mapping[str, Rule], cells: Mapping[str, Any], corpus: Corpus
) -> list[str]:
    """Every provision that a rule, the table or the code names and the edition does not have."""
    named = {(rule.id, name) for rule in rules.values() for name in rule.provisions}
    named |= {(rule.id, name) for rule in rules.values() for name in _cited(dict(rule.data))}
    named |= {("table", name) for name in _cited(dict(cells))}
    identifier = re.compile(rf'"((?:{"|".join(REGIONS)})-[a-z0-9-]+)"')
    for path in Path(assistant.rules.__file__).parent.glob("*.py"):
        named |= {(path.name, name) for name in identifier.findall(path.read_text("utf-8"))}
    return sorted(f"{where} cites {name}" for where, name in named if name not in corpus.provisions)


def ambiguous_versions(rules: Mapping[str, Rule]) -> list[str]:
    """Every rule with two wordings from the same day."""
    return [
        rule.id
        for rule in rules.values()
        if (days := [version["from"] for version in rule.data.get("versions", ())])
        if len(set(days)) < len(days)
    ]


def empty_windows(rules: Mapping[str, Rule]) -> list[str]:
    """Every window that closes before it opens."""
    return [
        rule.id
        for rule in rules.values()
        if rule.data.get("earliest", 0) > rule.data.get("latest", 0)
    ]


def wrong_limits(rules: Mapping[str, Rule]) -> list[str]:
    """Every deadline that is not kept at its very end, or is still kept just after it.

    Counted from a quarter past nine and from exactly noon, which is not before the noon of its day.
    """
    wrong = []
    for rule in rules.values():
        if rule.family not in ("deadline", "admission_notice") or "done" not in rule.data:
            continue
        setting = {"setting": "oppenvard"} if "setting" in rule.data.get("needs", ()) else {}
        for start in ("2026-11-23T09:15+01:00", "2026-11-23T12:00+01:00"):
            given = {rule.data["start"][0]: start} | setting
            (last,) = read(compute(rule.id, given).value)
            after = last + (timedelta(seconds=1) if has_time(last) else timedelta(days=1))
            if rule.data["unit"] == "klockan_12" and not read(start)[0] < last:
                wrong.append(f"{rule.id}: from {start}: {last} is no noon to come")
            for done, answer in ((last, IN_TIME), (after, TOO_LATE)):
                got = compute(rule.id, given | {rule.data["done"][0]: written(done)}).value
                if got != answer:
                    wrong.append(f"{rule.id}: from {start}: {done} is {got}")
    return wrong


def wrong_vectors() -> list[str]:
    """Every worked vector that does not give its expected result."""
    wrong = []
    for line in VECTORS.read_text("utf-8").splitlines():
        vector = json.loads(line)
        expected = {k: v for k, v in vector["expected"].items() if k not in COMMENT}
        got = as_json(compute(vector["rule"], vector["inputs"]))
        if {name: got.get(name) for name in expected} != expected:
            wrong.append(vector["id"])
    return wrong


def all_findings() -> dict[str, list[str]]:
    """What each check finds, by the check's name."""
    rules, cells, corpus = all_rules(), table(), read_corpus()
    checks: tuple[tuple[Callable[..., list[str]], tuple[Any, ...]], ...] = (
        (unsourced, (rules, cells, stated_in_edition(corpus))),
        (unknown_provisions, (rules, cells, corpus)),
        (ambiguous_versions, (rules,)),
        (empty_windows, (rules,)),
        (wrong_limits, (rules,)),
        (wrong_vectors, ()),
    )
    return {check.__name__: check(*given) for check, given in checks}


def _stated(text: str) -> set[Number]:
    return numbers(text) | names(text)


def _of_laws() -> set[Number]:
    return _stated((FOLDER / LAWS).read_text("utf-8"))


def _cited(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key in ("provisions", "provision"):
                yield from [part] if isinstance(part, str) else part
            else:
                yield from _cited(part)
    elif isinstance(value, list):
        for part in value:
            yield from _cited(part)


if __name__ == "__main__":
    print(json.dumps({"rules": assistant.rules.__file__, "found": all_findings()}))
