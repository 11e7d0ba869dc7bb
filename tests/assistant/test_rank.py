"""The reranker's features and weights."""

from assistant import rank
from assistant.retrieve import hybrid
from assistant.search import Search, View, views
from tests.conftest import DAY


def test_every_feature_has_a_weight_and_every_row_every_feature(index):
    assert len(rank.learned_weights()) == len(rank.FEATURES)
    found = hybrid(index, "halland", DAY).invoke("vad kostar SIP")
    rows = rank.features("vad kostar SIP", found, index.corpus, rank.Lexicon.of(index.corpus))
    assert {len(row) for row in rows} == {len(rank.FEATURES)}


def test_the_twin_of_the_right_setting_comes_first(index):
    search = Search(index)
    at_home = search.find(views("Vem kallar till SIP i öppenvården?"), "norrbotten", DAY)
    in_hospital = search.find(views("Vem kallar när pat är inlagd?"), "norrbotten", DAY)
    assert at_home[0].provision.id.startswith("norrbotten-ov-")
    assert "fasta vårdkontakt" in in_hospital[0].provision.text


def test_a_view_that_weighs_nothing_changes_nothing(index):
    search = Search(index)
    one = search.find([View("vad kostar SIP", 1.0)], "vgr", DAY)
    two = search.find([View("vad kostar SIP", 1.0), View("vem leder mötet", 0.0)], "vgr", DAY)
    assert one[0].provision == two[0].provision


def test_a_turn_without_words_of_its_own_is_searched_by_its_context():
    assert views("och då?", "Vem kallar till SIP?") == [View("Vem kallar till SIP?", 1.0)]


def test_a_long_story_is_also_searched_by_the_sentence_that_asks():
    story = "Vi har en man som legat länge på avdelning tre och nu är bättre. " * 2 + "Vem kallar?"
    assert views(story)[1].text == "Vem kallar?"
