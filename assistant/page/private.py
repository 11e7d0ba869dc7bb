"""What a handler of the page does with a fault that nobody foresaw: no word of it leaves."""

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

BROKEN = "Något gick fel. Försök igen, eller ladda om sidan."
_log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


def private(handler: Callable[P, R]) -> Callable[P, R]:
    """The handler, whose unforeseen faults are told plainly and logged by their type alone.

    Gradio prints the traceback of any other, and its message may hold what was typed.
    """

    @functools.wraps(handler)
    def guarded(*given: P.args, **named: P.kwargs) -> R:
        import gradio as gr

        try:
            return handler(*given, **named)
        except gr.Error:
            raise
        except Exception as error:
            _log.error("a tab of the page failed: %s", type(error).__name__)
            raise gr.Error(BROKEN, print_exception=False) from None

    return guarded
