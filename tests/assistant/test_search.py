"""The views of a question that the search looks at."""

import pytest

from assistant.search import views


@pytest.mark.parametrize(
    "text",
    [
        "Tjejen är 16. Var dokumenteras samtycket?",
        "Men om hon är 17 då?",
        "Killen är bara tolv, får han vara med?",
        "en 9-åring med diabetes",
    ],
)
def test_a_child_is_also_called_one_under_eighteen(text):
    assert [view.text for view in views(text)] == [f"{text} (under 18 år)"]


@pytest.mark.parametrize("text", ["Hon är 83 år", "Hon är inlagd", "senast kl 12", "3–21 dagar"])
def test_nobody_else_is(text):
    assert [view.text for view in views(text)] == [text]
