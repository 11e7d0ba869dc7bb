"""A handler that fails tells nothing of what was typed, neither to the user nor to the log."""

import gradio as gr
import pytest

from assistant.page.private import BROKEN, private

TYPED = "Test Testsson ska hem"


def test_a_fault_is_logged_by_its_type_alone(caplog, capsys):
    def broken(text: str) -> str:
        raise KeyError(text)

    with pytest.raises(gr.Error) as told:
        private(broken)(TYPED)
    assert (told.value.message, told.value.print_exception) == (BROKEN, False)
    assert told.value.__cause__ is None
    assert "KeyError" in caplog.text
    assert TYPED not in caplog.text + "".join(capsys.readouterr())


def test_what_the_page_itself_wants_told_is_told():
    def told() -> None:
        raise gr.Error("Välj en region.")

    with pytest.raises(gr.Error, match="Välj en region"):
        private(told)()


def test_a_handler_that_works_is_left_alone():
    assert private(str.upper)("ja") == "JA"
