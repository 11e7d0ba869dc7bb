"""Questions as staff put them: who it is about, which condition fails, what is lacking."""

from datetime import date

import pytest

from assistant.answer import Status
from assistant.fact_words import Place, Unit
from assistant.facts import Visit, find_facts

DAY = date(2026, 11, 23)
NONE = "inget betalningsansvar"
READY = "Utskrivningsklar skickades 18/11 kl 9. "


def first(answer):
    return answer.statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        # the region's own efforts, whatever they are called
        "Klarmeddelandet gick för fem dagar sen men pat ligger kvar eftersom primärvården inte "
        "fått fram dropp till hemmet. Ska kommunen betala?",
        READY + "Palliativa teamet kan inte komma ut förrän om en vecka. Ska kommunen betala?",
        # somebody else than a doctor judged
        "Arbetsterapeuten, inte läkaren, bedömde pat som utskrivningsklar 18/11 kl 9. Betalar "
        "kommunen?",
        "Utskrivningsklar skickades 18/11 kl 9 utan att någon läkare bedömt henne. Betalar "
        "kommunen?",
        # the notice went to others than the municipality, or to nobody
        "Utskrivningsklar skickades 18/11 kl 9 men bara till vårdcentralen. Betalar kommunen?",
        "Kommunen fick aldrig meddelandet om utskrivningsklar. Kan vi fakturera dem?",
        "Kan kommunen få betala fast utskrivningsklar aldrig skickades?",
        # a call that came late, told without its day
        "Kallelsen gick fem dagar efter utskrivningsklar. Blir kommunen betalningsansvarig?",
        "Fast vårdkontakt missade fristen för kallelsen med en dag. Betalar kommunen?",
    ],
)
def test_a_condition_that_fails_decides_without_day_or_clock(ask, question):
    answer = ask(question, region="norrbotten", day=DAY)
    assert answer.status is Status.ANSWER
    assert NONE in first(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Sjuksköterskan såg att läkaren bedömt henne som utskrivningsklar, meddelandet gick 18/11 "
        "kl 9. När betalar kommunen?",
        READY + "Kommunen fick ingen plats klar. När betalar kommunen?",
        READY + "Kommunen meddelade att de inte kan ta emot henne. När betalar kommunen?",
        READY + "Han fick antibiotika mot infektion. När betalar kommunen?",
        "Hon fick stroke 2 november och blev utskrivningsklar 18/11 kl 9. När betalar kommunen?",
    ],
)
def test_what_only_resembles_a_failed_condition_changes_nothing(ask, question):
    answer = ask(question, region="norrbotten", day=DAY)
    assert answer.computations[0].value == "2026-11-21"


def test_an_illness_after_utskrivningsklar_is_a_deterioration_the_text_is_silent_on(ask):
    answer = ask(
        READY + "Dagen efter fick han lunginflammation. Ska kommunen betala?", region="norrbotten"
    )
    assert answer.status is Status.ABSTAIN


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Slipper kommunen betala?", "Ja, kommunen"),
        ("Kommunen vägrar betala, har de rätt?", "Ja, kommunen"),
        ("Stämmer det att kommunen inte ska betala?", "Ja, kommunen"),
        ("Måste kommunen betala?", "Nej, kommunen"),
        ("Behöver kommunen inte betala?", "Nej, kommunen"),
        ("När börjar kommunen betala?", "Kommunen får"),
    ],
)
def test_yes_and_no_answer_the_question_as_it_was_put(ask, question, begins):
    told = READY + "Någon kallelse till SIP skickades aldrig. "
    assert first(ask(told + question, region="norrbotten", day=DAY)).startswith(begins)


def test_which_municipality_is_no_question_of_a_time(ask):
    answer = ask(
        "Mannen är skriven i Arjeplog men bor hos brodern i Luleå sen i somras och ligger nu "
        "utskr.klar på Sunderbyn. Vilken kommun får betalningsansvaret?",
        day=DAY,
    )
    assert answer.status is Status.ANSWER
    assert "folkbokförd i Arjeplog" in first(answer)
    assert answer.computations == ()


def test_which_municipality_and_from_when_are_both_answered(ask):
    answer = ask(
        "Hon är folkbokförd i Boden men bor i Luleå. Utskrivningsklar skickades 18/11 kl 13. "
        "Vilken kommun är det som får betalningsansvaret och från vilken dag?",
        region="norrbotten",
        day=DAY,
    )
    assert "folkbokförd i Boden" in first(answer)
    assert answer.computations[0].value == "2026-11-22"


def test_another_municipality_than_the_home_gets_no_day(ask):
    answer = ask(
        "Hon är folkbokförd i Kalix. Utskrivningsklar 18/11 kl 8. Ska Bodens kommun betala?",
        region="norrbotten",
        day=DAY,
    )
    assert "folkbokförd i Kalix" in first(answer)
    assert "Boden" in first(answer)
    assert answer.computations == ()


def test_a_clock_time_without_its_day_is_asked_for(ask):
    answer = ask(
        "Utskrivningsklar skickades kl 10. Vilken dag blir kommunen skyldig att betala?",
        region="norrbotten",
    )
    assert answer.status is Status.CLARIFY
    assert "10.00" in first(answer)
    assert "datum" in first(answer)


@pytest.mark.parametrize(
    ("question", "computed", "lacking"),
    [
        ("Pat skrivs ut 30 november. Senast när ska kallelsen skickas och när ska SIP vara "
         "upprättad?", "måndag 21 december 2026", "Kallelsen: För att räkna behöver jag veta"),
        ("Pat skrevs ut 20/11. När ska SIP vara klar och från vilken dag betalar kommunen?",
         "fredag 11 december 2026", "Betalningsansvar: För att räkna behöver jag veta"),
    ],
)  # fmt: skip
def test_what_was_asked_and_not_computed_is_said(ask, question, computed, lacking):
    answer = ask(question, region="norrbotten", day=DAY)
    told = " ".join(s.text for s in answer.statements[:2])
    assert answer.status is Status.ANSWER
    assert computed in told
    assert lacking in told


@pytest.mark.parametrize(
    ("question", "region", "said"),
    [
        ("Utskrivningsklar gick fredag 13/11 kl 15, kallelsen skickades 17/11. Hann vi?",
         "norrbotten", "Nej, det är för sent; sista dagen är måndag 16 november 2026"),
        ("Vi hade SIP-möte 12/11 och jag skrev in min del 17/11. Var det för sent?",
         "norrbotten", "Ja, det är för sent; sista dagen är söndag 15 november 2026"),
        ("När ska mötet senast dokumenteras, det hölls 19/11?",
         "norrbotten", "Senast söndag 22 november 2026"),
        ("Länsavstämning torsdag 10 december. När senast ska vi ha haft lokalt avstämningsmöte?",
         "norrbotten", "Senast onsdag 9 december 2026"),
        ("Hon hade en SIP redan innan hon lades in. Hon skrevs ut 9/11. Senast när ska den följas "
         "upp?", "norrbotten", "Senast måndag 30 november 2026"),
        ("Vi följde upp SIP 14 december 2025. När är det dags igen?",
         "norrbotten", "Senast måndag 14 december 2026"),
        ("Pat lämnade USÖ 10 november. Sista dag för SIP-möte?",
         "orebro", "Senast tisdag 8 december 2026"),
        ("Om jag skickar kallelsen 1 december till en SIP i öppenvården, vilket är första möjliga "
         "mötesdag?", "orebro", "Tidigast tisdag 29 december 2026"),
    ],
)  # fmt: skip
def test_the_rule_for_what_is_told_computes(ask, question, region, said):
    assert first(ask(question, region=region, day=DAY)).startswith(said)


def test_a_correction_moves_what_was_told(ask):
    answer = ask(
        "Pat kom hem 9 november, när ska SIP senast vara upprättad?",
        "Sorry, det var den 12 november",
        region="norrbotten",
        day=DAY,
    )
    assert answer.computations[0].value == "2026-12-03"


def test_an_acute_need_does_not_wait_four_weeks(ask):
    answer = ask(
        "Behovet är akut, SIP i öppenvården på fredag 27/11. Måste kallelsen ha gått fyra veckor "
        "innan?",
        region="orebro",
        day=DAY,
    )
    assert first(answer).startswith("Regeln gäller inte här")


@pytest.mark.parametrize(
    ("question", "region"),
    [
        ("Varför får vårdcentralen fler poäng hemma än på sjukhus?", "vgr"),
        ("Vad säger riktlinjen om var SIP ska hållas när pat skrivs ut 27 november?", "orebro"),
        ("SIP-möte 5 maj, senaste dag att skriva in planen i Lifecare?", "orebro"),
    ],
)
def test_what_asks_no_time_and_no_sum_is_not_computed(ask, question, region):
    assert ask(question, region=region, day=DAY).computations == ()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Vårdcentralen: två SIP hemma och tre hos oss på mottagningen. Summa p?", "= 13 p"),
        ("Vårdcentralen: en på mottagningen hos oss och två hemma. Hur många p?", "= 11 p"),
        ("Åtta digitala SIP på vårdcentralen i år, vad ger det i täckningsgraden?", "= 8 p"),
        ("Vi på vårdcentralen gjorde SIP hemma hos fyra patienter, hur många p?", "= 20 p"),
        ("Rehabenheten räknar på sju SIP varav två på distans och fem i hemmet. Summan?", "= 24 p"),
        ("Vårdcentralen 2 SIP hemma, rehab 2 SIP digitalt. Hur många poäng får var och en?",
         "vårdcentral 10 poäng (10 p) och rehab 4 poäng"),
    ],
)  # fmt: skip
def test_visits_are_counted_for_whoever_made_them(ask, question, told):
    assert told in first(ask(question, region="vgr"))


def test_places_that_are_compared_are_not_added_up(ask):
    answer = ask(
        "Om 5 SIP flyttas från rehabenheten hem till pat, hur många fler p får rehab?",
        region="vgr",
    )
    assert [c.value for c in answer.computations] == [{"rehab": 15}, {"rehab": 20}]
    assert "Skillnaden är 5 p." in answer.statements[1].text


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        ("och om en av dem var digital?", "= 6 p"),
        ("och om de var på sjukhuset?", "2 × 3 p = 6 p"),
        ("och om det var tre digitala?", "3 × 2 p = 6 p"),
    ],
)
def test_a_turn_that_supposes_other_visits_replaces_them(ask, turn, told):
    assert told in first(ask("Rehab, två SIP hemma. Hur många p?", turn, region="vgr"))


def test_another_units_reception_is_not_ones_own():
    told = find_facts("Vårdcentralen var med på SIP på psykiatriska mottagningen")
    assert told.units == (Unit.VARDCENTRAL,)
    assert told.visits == (Visit(Place.MOTTAGNING, 1),)
