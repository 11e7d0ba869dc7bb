"""The gate is green on what we have, and red on each fault that is planted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant import deadline_computed, liability_computed
from assistant.chain import Assistant
from assistant.decide import Evidence
from assistant.rules import compute
from evals import gate, results
from evals.case import load
from evals.run import assistant_system, evaluate
from ingest import index as ingest_index
from ingest.document import Corpus
from ingest.embed import BundledEmbeddings
from ingest.errors import InputError
from ingest.index import Index


@pytest.fixture(scope="module")
def sets():
    return load()


@pytest.fixture(scope="module")
def outcomes(sets, assistant):
    return evaluate(assistant_system(assistant), sets, assistant.corpus)


# Enough of the set to see each fault by, and little enough to go through it five times.
PART = ("orebro", "raknat-1")


@pytest.fixture(scope="module")
def reasons(sets, assistant, outcomes, tmp_path_factory):
    """What turns the gate red for a system and does not for the assistant as it is."""
    part = {name: sets[name] for name in PART}
    standing = [outcome for outcome in outcomes if outcome.set in PART]
    baseline = tmp_path_factory.mktemp("gate") / "baseline.json"
    baseline.write_text(results.baseline(standing), "utf-8")
    thresholds = gate.read_thresholds()
    without = set(gate.faults(standing, thresholds, baseline))

    def judged(system):
        found = gate.faults(evaluate(system, part, assistant.corpus), thresholds, baseline)
        return [reason for reason in found if reason not in without]

    return judged


def changed(edition: Corpus, folder, **provisions) -> Assistant:
    ingest_index.build(
        replace(edition, provisions=edition.provisions | provisions, fingerprint="planted"),
        BundledEmbeddings(),
        folder,
    )
    return Assistant(Index(folder, BundledEmbeddings()))


def test_the_gate_is_green_on_the_committed_baseline(outcomes):
    assert gate.faults(outcomes, gate.read_thresholds(), gate.BASELINE) == []


def test_a_changed_number_turns_it_red(edition, reasons, tmp_path):
    key = "norrbotten-ov-kallelse-tre-arbetsdagar"
    provision = edition.provisions[key]
    assert "tre arbetsdagar" in provision.text
    planted = replace(provision, text=provision.text.replace("tre arbetsdagar", "fem arbetsdagar"))
    assert reasons(assistant_system(changed(edition, tmp_path, **{key: planted})))


def test_a_region_filter_that_is_off_turns_it_red(assistant, reasons, monkeypatch):
    monkeypatch.setattr(Index, "_documents", lambda self, region, day: list(self.corpus.documents))
    assert any("region_purity" in reason for reason in reasons(assistant_system(assistant)))


def test_shuffled_citations_turn_it_red(assistant, reasons):
    ask = assistant_system(assistant)
    last = []

    def shuffled(case):
        reply = ask(case)
        mine, last[:] = reply.citations, last or list(reply.citations)
        other = tuple(last)
        last[:] = mine
        return replace(reply, citations=other)

    found = reasons(shuffled)
    assert any("citation_hit" in reason for reason in found)
    assert any("support" in reason for reason in found)


def test_abstention_that_is_off_turns_it_red(edition, reasons, tmp_path):
    eager = Evidence(enough=-1.0, familiar=0.0)
    gaps = {k: replace(p, gap=False) for k, p in edition.provisions.items() if p.gap}
    assistant = changed(edition, tmp_path, **gaps)
    assistant._evidence = eager
    found = reasons(assistant_system(assistant))
    assert any("abstention_recall" in reason for reason in found)


def test_a_deadline_a_day_late_turns_it_red(assistant, reasons, monkeypatch):
    def late(rule, inputs, day=None):
        made = compute(rule, inputs, day)
        try:
            moved = date.fromisoformat(made.value) + timedelta(days=1)
        except (TypeError, ValueError):
            return made
        return replace(made, value=moved.isoformat())

    monkeypatch.setattr(deadline_computed, "compute", late)
    monkeypatch.setattr(liability_computed, "compute", late)
    assert reasons(assistant_system(assistant))


def test_a_case_that_may_fail_needs_a_reason(outcomes, tmp_path):
    baseline = tmp_path / "baseline.json"
    baseline.write_text(results.baseline(outcomes), "utf-8")
    passing = next(o for o in outcomes if o.passed)
    failed = replace(
        passing, scores=passing.scores | {"correct": passing.scores["correct"]._replace(value=0)}
    )
    now = [failed if o is passing else o for o in outcomes]
    thresholds = gate.read_thresholds()
    assert any(passing.case.id in reason for reason in gate.faults(now, thresholds, baseline))
    excused = replace(thresholds, allowed={passing.case.id: "texten ändrades"})
    assert not any(passing.case.id in reason for reason in gate.faults(now, excused, baseline))


def test_a_comparison_lists_what_was_mended_and_what_broke(outcomes, tmp_path):
    path = tmp_path / "before.json"
    first, second = (next(o for o in outcomes if o.passed is state) for state in (True, False))
    path.write_text(
        f'{{"passed": {{"{first.case.id}": false, "{second.case.id}": true}}}}', "utf-8"
    )
    found = gate.compare(outcomes, path)
    assert found == gate.Comparison((first.case.id,), (second.case.id,))


@pytest.mark.parametrize("content", ["{", '{"cases": 1}', "[]"])
def test_a_broken_baseline_is_refused(outcomes, tmp_path, content):
    path = tmp_path / "baseline.json"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match="inget resultat"):
        gate.compare(outcomes, path)


def test_a_missing_baseline_is_refused(outcomes, tmp_path):
    with pytest.raises(InputError, match="går inte att läsa"):
        gate.compare(outcomes, tmp_path / "no.json")


def test_thresholds_that_are_not_toml_are_refused(tmp_path):
    path = tmp_path / "thresholds.toml"
    path.write_text("least =", "utf-8")
    with pytest.raises(InputError, match="tröskelvärden"):
        gate.read_thresholds(path)
