"""The two halves of retrieval, and their fusion."""

import pytest

from assistant.retrieve import DenseRetriever, FusedRetriever, LexicalRetriever, hybrid
from tests.conftest import DAY

QUESTIONS = [
    "vem bjuder in till mötet när pat ska hem",
    "vad händer om hon säger nej",
    "kod för digital SIP",
    "vem betalar när kommunen inte hinner",
    "hur länge får barnet vara med",
]


def keys(documents):
    return [document.metadata["provision"] for document in documents]


def test_both_halves_contribute_to_what_is_found(index):
    only_words = only_meaning = 0
    for question in QUESTIONS:
        lexical = keys(LexicalRetriever(index=index, day=DAY, k=5).invoke(question))
        dense = keys(DenseRetriever(index=index, day=DAY, k=5).invoke(question))
        fused = keys(hybrid(index, None, DAY, k=8).invoke(question))
        only_words += len(set(fused) & (set(lexical) - set(dense)))
        only_meaning += len(set(fused) & (set(dense) - set(lexical)))
    assert only_words
    assert only_meaning


@pytest.mark.parametrize("region", ["halland", "vgr", "orebro", "varmland", "norrbotten"])
def test_no_provision_of_another_region_comes_through(index, region):
    for question in [*QUESTIONS, "Hur gör man i Norrbotten, Halland och Örebro?"]:
        found = hybrid(index, region, DAY).invoke(question)
        assert {index.corpus.provisions[key].region for key in keys(found)} == {region}


def test_fusion_tells_how_each_half_ranked(index):
    first = hybrid(index, "halland", DAY).invoke("avgift för patienten")[0]
    assert {"score", "lexical_rank", "dense_rank", "dense_score"} <= set(first.metadata)


def test_a_weight_of_nothing_leaves_the_other_half(index):
    halves = [LexicalRetriever(index=index, day=DAY), DenseRetriever(index=index, day=DAY)]
    fused = FusedRetriever(retrievers=halves, weights=[0.0, 1.0], k=5)
    assert keys(fused.invoke("samtycke")) == keys(halves[1].invoke("samtycke"))[:5]
