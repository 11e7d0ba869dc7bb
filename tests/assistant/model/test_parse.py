"""Whatever a model writes is read as drafts, or said to be unreadable; nothing of it raises."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model import lenient
from assistant.model.parse import MOST_LETTERS, UNKNOWN, Reader
from assistant.model.trouble import Kind, Trouble

IDS = {"1": "norrbotten-ett", "2": "norrbotten-två", "B1": "berakning-1"}
ETT, TVA, B1 = IDS.values()


def read(text, size=3):
    reader = Reader(IDS)
    drafts = [d for at in range(0, len(text), size) for d in reader.feed(text[at : at + size])]
    return [*drafts, *reader.end()], reader.not_stated


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Vårdkontakten kallar. [1]", [("Vårdkontakten kallar.", (ETT,))]),
        ("Vårdkontakten kallar [1].\n", [("Vårdkontakten kallar.", (ETT,))]),
        ("- **Vården** kallar [1][2]", [("Vården kallar.", (ETT, TVA))]),
        ("1. Vården kallar [1, 2].\n2) Alla kommer [B1]",
         [("Vården kallar.", (ETT, TVA)), ("Alla kommer.", (B1,))]),
        ("Vården kallar [1]. Kommunen svarar [2].",
         [("Vården kallar.", (ETT,)), ("Kommunen svarar.", (TVA,))]),
        ("[1] Vården kallar.", [("Vården kallar.", (ETT,))]),
        ("[1] Vården kallar. [2] Kommunen svarar.",
         [("Vården kallar.", (ETT,)), ("Kommunen svarar.", (TVA,))]),
        ("Vården kallar (källa 1).", [("Vården kallar.", (ETT,))]),
        ("Vården kallar [källa 2]", [("Vården kallar.", (TVA,))]),
        ("Vården kallar (1).", [("Vården kallar.", (ETT,))]),
        ("Vården kallar [norrbotten-ett].", [("Vården kallar.", (ETT,))]),
        ("Här är svaret:\nVården kallar [1]\nHoppas det hjälper!", [("Vården kallar.", (ETT,))]),
        ("Vården kallar.", [("Vården kallar.", ())]),
        ("Vården kallar [9].", [("Vården kallar.", (f"{UNKNOWN}9",))]),
        ("Enligt lag (2017:612) kallar vården [1].",
         [("Enligt lag (2017:612) kallar vården.", (ETT,))]),
        ("<think>[2] kanske?\nFel.</think>Vården kallar [1]", [("Vården kallar.", (ETT,))]),
        ("STRYK\nVården kallar [1]", [("", ()), ("Vården kallar.", (ETT,))]),
        ("Vården\u200b kal\u00adlar\u202e [1]", [("Vården kallar.", (ETT,))]),
        ("", []),
        ("\n \n", []),
    ],
)  # fmt: skip
def test_lines_are_read_as_drafts(text, said, size):
    assert [tuple(draft) for draft in read(text, size)[0]] == said


WHOLE = {"status": "answer", "statements": [{"text": "Vården kallar.", "citations": [1, "2"]}]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(WHOLE),
        f"```json\n{json.dumps(WHOLE, indent=1)}\n```\nKlart!",
        '{"statements": [{"text": "Vården kallar.", "citations": [1, 2],},]}',
        '{"statements": [{"text": "Vården kallar.", "citations": [1, 2',
        "{'meningar': [{'mening': 'Vården kallar', 'källor': '1, 2'}]}",
        '[{"text": "Vården kallar", "citations": ["norrbotten-ett", "norrbotten-två"]}]',
        '{"svar": "Vården kallar", "källor": [1, 2]}',
        '{"svar": ["Vården kallar [1][2]"]}',
    ],
)
def test_json_is_read_however_it_is_written(text):
    assert [tuple(d) for d in read(text)[0]] == [("Vården kallar.", (ETT, TVA))]


@pytest.mark.parametrize("text", ["ANGES INTE", "anges inte.", "Anges inte i källorna.\n"])
def test_that_no_source_answers_is_heard(text):
    assert read(text) == ([], True)


def test_that_no_source_answers_is_heard_in_json_too():
    assert read('{"status": "abstain", "statements": []}') == ([], True)


def test_a_statement_that_holds_the_words_is_no_claim():
    drafts, claims = read("Det anges inte hur lång tid mötet tar, enligt riktlinjen i fråga [1]")
    assert len(drafts) == 1
    assert not claims


@pytest.mark.parametrize(
    "text",
    ["Vården kallar [1].\n" * 5, "a" * 2000, "ord utan slut " * 200, "Rad [1]\n" + "x\n" * 5000],
)
def test_what_goes_round_in_circles_is_broken_off(text):
    with pytest.raises(Trouble) as raised:
        read(text, 50)
    assert raised.value.kind is Kind.LOOP


@given(st.text(max_size=400), st.integers(1, 40))
def test_nothing_that_a_model_writes_raises_anything_but_trouble(text, size):
    assert len(text) < MOST_LETTERS
    try:
        drafts, _ = read(text, size)
    except Trouble:
        return
    for draft in drafts:
        assert "\n" not in draft.text
        assert all(key in IDS.values() or key.startswith(UNKNOWN) for key in draft.citations)


@given(st.text(alphabet='{}[]",:\\ab1 ', max_size=60))
def test_broken_json_is_read_or_given_up(text):
    lenient.loads(text)


def test_whole_json_is_read_as_it_stands():
    assert lenient.loads('Så här: {"a": [1, {"b": "x } y"}]} och mer') == {"a": [1, {"b": "x } y"}]}
    assert lenient.loads("inget här") is None
    assert lenient.loads('{"a": {"b": 1]') == {"a": {"b": 1}}
