"""How many SIP were held where, as staff count them."""

import pytest

from assistant.facts import Place, find_facts

H, R, V, S, D = (
    Place.HEMMA,
    Place.REHABENHET,
    Place.VARDCENTRAL,
    Place.SJUKHUS,
    Place.DIGITAL,
)

COUNTED = [
    ("Vi har gjort fyra SIP på vår egen rehabenhet och fem digitala, rehab", {R: 4, D: 5}),
    ("rehab: 1 sip sjukhus, 1 sip pa video, 1 sip i hemet", {S: 1, D: 1, H: 1}),
    ("Vi på rehab: 2 sip sjukhus, 1 sip video, tre i hemmet", {S: 2, D: 1, H: 3}),
    ("två hembesöks-SIP och tre på teams för vc", {H: 2, D: 3}),
    ("tre SIP på avdelningen, två i brukarens lägenhet, en via teams", {S: 3, H: 2, D: 1}),
    ("3 st sip sjukhus o 2 vc, vad får rehab", {S: 3, V: 2}),
    ("5 SIP, varav två digitala och resten hemma", {D: 2, H: 3}),
    ("tre hemma, tre hos er på rehab, tre på länk", {H: 3, R: 3, D: 3}),
    ("vår vc har en SIP på varje ställe (hemma, rehabenheten, hos oss, sjukhuset, digitalt)",
     {H: 1, R: 1, V: 1, S: 1, D: 1}),
    ("två SIP på varje plats i tabellen, rehab", {H: 2, R: 2, V: 2, S: 2, D: 2}),
    ("en digital SIP i mars och två digitala i april", {D: 3}),
    ("Vi på vårdcentralen undrar vad en SIP hemma ger", {H: 1}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_sip_are_counted_place_by_place(text, counted):
    assert {visit.place: visit.count for visit in find_facts(text).visits} == counted


@pytest.mark.parametrize(
    "text",
    ["7 SIP: två digitala och tre hemma", "åtta SIP varav tre på distans, resten vet jag inte"],
)
def test_what_does_not_add_up_is_not_counted(text):
    assert find_facts(text).visits == ()
