"""From a sentence to a computed answer: the right rule, the right day, and words for the rest."""

from datetime import date

import pytest

from assistant.answer import Status

CASES = [
    # Norrbotten: betalningsansvar, the noon rule and its conditions
    ("Utskrivningsklar skickades fredag 13 mars 2026 kl 13.10, när börjar kommunen betala?",
     "norrbotten", "tisdag 17 mars 2026"),
    ("utskr.klar gick ons 4 mars 2026 kl 11.59, vilket datum slår bet.ansvar till?",
     "norrbotten", "lördag 7 mars 2026"),
    ("Meddelande om utskrivningsklar skickades 2026-03-02 kl 12.00. När börjar betalningsansvaret?",
     "norrbotten", "torsdag 5 mars 2026"),
    ("utskrivningsklar i lifecare 2 mars 2026 kl halv ett, fran vilken dag betalar kommunen",
     "norrbotten", "fredag 6 mars 2026"),
    ("Ready for discharge was sent 2 March 2026 at 1.10 pm. When does payment liability start?",
     "norrbotten", "fredag 6 mars 2026"),
    # Norrbotten: deadlines
    ("Pat skrevs ut 2 mars 2026. Senast vilken dag ska SIP vara upprättad?",
     "norrbotten", "måndag 23 mars 2026"),
    ("Meddelande om utskrivningsklar skickades 2 mars 2026 kl 9. Senast när ska fast vårdkontakt "
     "kalla till SIP?", "norrbotten", "torsdag 5 mars 2026"),
    ("SIP-mötet hölls tisdag 3 mars 2026. När ska vi senast ha dokumenterat vår del?",
     "norrbotten", "fredag 6 mars 2026"),
    # Örebro
    ("Patienten skrevs ut 2 mars 2026, senast när ska SIP-mötet hållas?",
     "orebro", "måndag 30 mars 2026"),
    ("SIP-möte i öppenvården är bokat till 30 mars 2026. När ska kallelsen senast skickas?",
     "orebro", "måndag 2 mars 2026"),
]  # fmt: skip
YES_NO = [
    ("Pat kom hem 2 mars 2026 och SIP-mötet är bokat 30 mars 2026, håller vi tiden?",
     "norrbotten", "Nej, det är för sent"),
    ("Pat kom hem 2 mars 2026 och SIP-mötet är bokat 20 mars 2026, håller vi tiden?",
     "norrbotten", "Ja, det är i tid"),
    ("Utskr.klar sändes 2 mars 2026 kl 08.00 och pat åkte hem 4 mars 2026. Hann betalningsansvaret "
     "börja?", "norrbotten", "Nej, kommunen får inget betalningsansvar"),
]  # fmt: skip
POINTS = [
    ("Tre digitala SIP och en hemma för rehab, poängsumma?", "3 × 2 p + 1 × 4 p = 10 p"),
    ("Hur många poäng får vårdcentralen för två SIP hemma hos patienten?", "2 × 5 p = 10 p"),
]


def first(answer):
    return answer.statements[0].text


@pytest.mark.parametrize(("question", "region", "day"), CASES)
def test_a_day_is_computed_and_said_first(ask, question, region, day):
    answer = ask(question, region=region, day=date(2026, 3, 3))
    assert answer.status is Status.ANSWER
    assert day in first(answer).split(". ")[0]
    assert answer.statements[0].citations
    assert answer.computations[0].steps


@pytest.mark.parametrize(("question", "region", "said"), YES_NO)
def test_a_question_of_time_gets_a_yes_or_a_no(ask, question, region, said):
    assert first(ask(question, region=region, day=date(2026, 3, 21))).startswith(said)


@pytest.mark.parametrize(("question", "told"), POINTS)
def test_points_are_added_up(ask, question, told):
    assert told in first(ask(question, region="vgr"))


def test_two_cases_are_computed_apart(ask):
    answer = ask(
        "Två fall: A blev utskrivningsklar i Lifecare 2 mars 2026 kl 11.45, B samma dag kl 18. "
        "Vilket datum börjar bet.ansvaret för respektive?",
        region="norrbotten",
    )
    assert [c.value for c in answer.computations] == ["2026-03-05", "2026-03-06"]
    assert first(answer).startswith("A: ")


def test_a_missing_time_is_asked_for_with_both_days(ask):
    answer = ask(
        "Utskrivningsklar skickades 2 mars 2026. När börjar kommunens betalningsansvar?",
        region="norrbotten",
    )
    assert answer.status is Status.CLARIFY
    assert "torsdag 5 mars 2026" in first(answer)
    assert "fredag 6 mars 2026" in first(answer)


def test_conditions_that_were_not_told_are_named(ask):
    answer = ask(
        "Utskrivningsklar skickades 2 mars 2026 kl 9. När börjar kommunen betala?",
        region="norrbotten",
    )
    assert "folkbokförd" in first(answer)
    assert "kallelsen till SIP skickades inom tre dagar" in first(answer)


def test_nothing_is_computed_where_no_time_is_asked_for(ask):
    answer = ask("Farbrorn skrevs ut i fredags, vem blir samordnare?", region="orebro")
    assert answer.computations == ()


def test_nothing_is_computed_for_a_region_without_a_number(ask):
    answer = ask("Pat skrevs ut 2 mars 2026, senast när ska SIP hållas?", region="halland")
    assert answer.computations == ()
    assert answer.status is Status.ABSTAIN


def test_what_a_turn_adds_is_computed_with_what_was_said(ask):
    answer = ask(
        "Utskrivningsklar skickades 2 mars 2026, när börjar kommunen betala? Norrbotten",
        "Klockan var kvart i två på eftermiddagen.",
    )
    assert answer.computations[0].value == "2026-03-06"


DAY = date(2026, 3, 10)
NONE = "inget betalningsansvar"
READY = "Utskrivningsklar skickades 6 mars kl 9. "
LIABLE = [
    # a condition that fails, told in free words, decides without the time of day
    ("Utskrivningsklar sen 6/3. Ingen hade sagt till kommunen att hon låg inne. Kan vi få betalt?",
     NONE),
    ("Får regionen fakturera fast kommunen aldrig underrättats om inläggningen? Ukl 6/3.", NONE),
    ("Utskr klar 6/3 men hälsocentralen kan inte ta över förrän om en vecka, ska kommunen betala?",
     NONE),
    ("utskrivningsklar 6/3, fvk kallade aldrig till sip. vem betalar dygnen?", NONE),
    (READY + "Kallelsen gick för sent. Får kommunen betala?", NONE),
    (READY + "Kallelsen skickades fyra dagar senare. Får kommunen betala?", NONE),
    ("Betalar kommunen om utskrivningsklar gick 6/3 kl 9 men kallelsen kom först 12/3?", NONE),
    ("Patienten säger nej till informationsöverföring. Utskrivningsklar 6/3. Får vi betalt?", NONE),
    # and what does not decide, does not
    (READY + "Kallelsen har inte besvarats. När börjar kommunen betala?", "2026-03-09"),
    (READY + "Inskrivningsmeddelandet är inte kvitterat av kommunen. När börjar de betala?",
     "2026-03-09"),
    ("Kommunen kan inte ta emot den som blev utskrivningsklar 6/3 kl 9. När betalar de?",
     "2026-03-09"),
    # only social services: no call needed
    ("Hon ska bara ha hemtjänts, ingen vård, så ingen kalelse. Utskr klar 6/3 kl 13. Slipper "
     "komunen undan?", "2026-03-10"),
    ("Enbart larm och städning. Klar 6/3 kl 13.15. Från när betalar kommunen?", "2026-03-10"),
    # without a word of money, or without the event's name
    ("Stämpeln visar fredag 6/3 kl 11.58. Tre eller fyra dygn för kommunen?", "2026-03-09"),
    ("När går kostnaden över på kommunen? Meddelandet gick 6 mars klockan 12.01.", "2026-03-10"),
    # sent, not only ready
    ("Hon blev utskrivningsklar 6 mars kl 08 men meddelandet skickades först kl 14. När börjar "
     "kommunen betala?", "2026-03-10"),
    ("Prick 12.00 fre 6 mars skickades utskrivningsklar, när börjar kommunen betala?",
     "2026-03-09"),
    ("Född 1940-05-05. Utskrivningsklar 6/3 kl 13. När betalar kommunen?", "2026-03-10"),
    ("Stämmer det att kommunen betalar från 9 mars när utskrivningsklar kom 6 mars kl 12.20?",
     "2026-03-10"),
]  # fmt: skip
DEADLINES = [
    ("Läk bedömde 9/3 kl 16.40 att hon behöver hemsjukvård, senast när ska inskr.medd iväg?",
     "norrbotten", "2026-03-10T16:40+01:00"),
    ("Doktorn ansåg 9/3 kl 14 att pat kommer behöva hemtjänst. Senast när ska inskr.medd ut?",
     "norrbotten", "2026-03-10T14:00+01:00"),
    ("Utskrivningsklar skickat 6 mars kl 15, sista dag för kallelsen?", "norrbotten", "2026-03-09"),
    ("Utskrivningsklar skickades 6 mars. Sista dag att kalla till SIP?", "norrbotten",
     "2026-03-09"),
    ("Patient left hospital on 2 March 2026. By which date should the plan exist?", "norrbotten",
     "2026-03-23"),
    ("Dsk fick syn på behovet i fredags. Kallelse till SIP i öppenvård senast när?", "norrbotten",
     "2026-03-11"),
    ("Jag uppmärksammade behov av SIP 6 mars hos pat som bor hemma. Vilket datum ska kallelsen ut?",
     "norrbotten", "2026-03-11"),
    ("Senaste uppföljnigen av sipen gjorde vi 15 oktober 2025. När bör nästa ske?", "orebro",
     "2026-01-15"),
    ("SIP hölls 9 mars. Hur länge kan vi vänta med uppföljningen?", "orebro", "2026-06-09"),
]  # fmt: skip
LATE = [
    ("Behovet blev känt 2 mars, mötet är bokat till 25 mars i öppenvården. Är det för sent?",
     "norrbotten", "Ja, det är för sent"),
    ("2/3 utskriven, 20/3 SIP bokad, ok?", "norrbotten", "Ja, det är i tid"),
    ("SIP-möte i öppenvård 30 april. Vi kallade 7 april. Räcker det?", "orebro",
     "Nej, det är för sent"),
    ("Hon skrevs ut 2 februari och mötet är först 4 mars. Är vi sena?", "norrbotten",
     "Ja, det är för sent"),
]  # fmt: skip
ASKED_BACK = [
    ("Utskrivningsklar skickades 31 februari kl 9, när börjar kommunen betala?", "finns inte"),
    ("Utskrivningsklar skickades 29 mars 2026 kl 02.30, när börjar kommunen betala?", "finns inte"),
    ("Utskrivningsklar skickades fredagen den 5 mars 2026 kl 9, när börjar kommunen betala?",
     "torsdag"),
    ("Utskrivningsklar skickades 6/3 kl 25.10, när börjar kommunen betala?", "går inte att läsa"),
    ("Läkaren bedömde behovet 25 oktober 2026 kl 02.30, när ska inskrivningsmeddelandet skickas?",
     "två gånger"),
    ("Läkaren bedömde 9/3 att hon behöver hjälp. Senast när ska inskrivningsmeddelandet skickas?",
     "Vilken tid gjorde läkaren sin bedömning?"),
    ("Utskrivningsklar 6/3 kl 9 och ny utskrivningsklar 8/3 kl 10. När börjar kommunen betala?",
     "Vilken av dem gäller?"),
    ("Utskrivningsklar 6/3 vid lunch. Från vilken dag betalar kommunen?", "tisdag 10 mars 2026"),
    ("Pat skrevs ut i februari. Vilken dag ska SIP senast vara upprättad?", "Skriv vilken dag"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "value"), LIABLE)
def test_liability_follows_from_what_is_told(ask, question, value):
    answer = ask(question, region="norrbotten", day=DAY)
    assert answer.status is Status.ANSWER
    assert answer.computations[0].value == value


@pytest.mark.parametrize(("question", "region", "value"), DEADLINES)
def test_a_deadline_is_computed_however_it_is_told(ask, question, region, value):
    assert ask(question, region=region, day=DAY).computations[0].value == value


@pytest.mark.parametrize(("question", "region", "said"), LATE)
def test_what_is_told_as_done_is_judged(ask, question, region, said):
    assert first(ask(question, region=region, day=DAY)).startswith(said)


@pytest.mark.parametrize(("question", "asked"), ASKED_BACK)
def test_what_cannot_be_counted_with_is_asked_for(ask, question, asked):
    answer = ask(question, region="norrbotten", day=DAY)
    assert answer.status is Status.CLARIFY
    assert asked in first(answer)


@pytest.mark.parametrize(
    "question",
    [
        READY + "I går blev hon sämre. Börjar kommunen betala ändå?",
        READY + "Det drogs tillbaka på kvällen. Från vilken dag betalar kommunen?",
    ],
)
def test_the_guideline_is_silent_on_a_patient_who_got_worse(ask, question):
    answer = ask(question, region="norrbotten", day=DAY)
    assert answer.status is Status.ABSTAIN
    assert answer.computations[0].rule == "norrbotten-bet-aterkallad-saknas"


def test_what_was_counted_with_is_said_once(ask):
    said = first(ask(READY + "När börjar kommunen betala?", region="norrbotten", day=DAY))
    assert said.count("Jag har räknat med att utskrivningsklar skickades fredag 6 mars 2026") == 1
    assert "jag utgår från år 2026" in said


def test_what_was_not_counted_with_is_said(ask):
    question = READY + "Sängen levererades 8/3. När börjar kommunen betala?"
    said = first(ask(question, region="norrbotten", day=DAY))
    assert "Jag har inte räknat med söndag 8 mars 2026." in said


def test_an_event_that_was_not_named_is_said_to_be_supposed(ask):
    question = "Stämpeln visar fredag 6/3 kl 11.58. Tre eller fyra dygn för kommunen?"
    said = first(ask(question, region="norrbotten", day=DAY))
    assert "Jag har antagit att utskrivningsklar skickades" in said


def test_half_a_day_is_not_told_as_a_clock_time(ask):
    question = "Utskrivningsklar 6/3 på eftermiddagen. När börjar kommunen betala?"
    answer = ask(question, region="norrbotten", day=DAY)
    assert answer.computations[0].value == "2026-03-10"
    assert "klockan 13" not in first(answer)
    assert "på eftermiddagen" in str(answer.computations[0].inputs)


def test_a_later_turn_moves_the_time(ask):
    answer = ask(
        READY + "När börjar kommunen betala?", "Och om det var kl 13?", region="norrbotten", day=DAY
    )
    assert answer.computations[0].value == "2026-03-10"


def test_a_message_spoken_of_as_it_is_the_one_named_before(ask):
    answer = ask(
        "När ska mötet hållas efter kallelsen vid utskrivning?",
        "Vi skickade den måndag 2 mars 2026.",
        region="orebro",
        day=DAY,
    )
    assert answer.computations[0].value == "2026-03-30"


def test_who_is_asked_for_is_not_computed(ask):
    assert ask(READY + "Vem kallar till SIP?", region="norrbotten", day=DAY).computations == ()


def test_a_receipt_is_not_counted_from_another_message(ask):
    question = READY + "Senast när ska kallelsen till SIP kvitteras?"
    assert ask(question, region="norrbotten", day=DAY).computations == ()


def test_without_a_region_those_that_compute_are_asked_for(ask):
    answer = ask(READY + "När börjar kommunen betala?", day=DAY)
    assert answer.status is Status.CLARIFY
    assert answer.choices == ("norrbotten",)
    assert "Norrbotten" in answer.lead


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("En SIP i ordinärt boende, både vc och rehab är med. Vad får vi var?",
         {"vårdcentral": 5, "rehab": 4}),
        ("rehab: 1 sip sjukhus, 1 sip pa video, 1 sip i hemet. suma poang?", {"rehab": 9}),
        ("vc: sip hemma x 3 och på teams x 2, summa?", {"vårdcentral": 17}),
    ],
)  # fmt: skip
def test_points_follow_the_visits_and_the_units(ask, question, value):
    assert ask(question, region="vgr").computations[0].value == value


def test_points_of_two_units_are_told_apart_where_each_has_its_own_visits(ask):
    question = "Om rehab har två sip i hemmet och vårdcentralen har en digital, vad får vi var?"
    [computation] = ask(question, region="vgr").computations
    assert computation.value == {"rehab": 8, "vårdcentral": 1}


def test_a_place_outside_the_table_gives_no_points(ask):
    assert ask("SIP på telefon, hur många p får vc?", region="vgr").status is Status.ABSTAIN


MOVED = [
    ("SIP-mötet är bokat till 14 april men flyttades till 28 april, när ska det senast vara "
     "dokumenterat?",),
    ("SIP-mötet 14 april sköts upp till 28 april. När ska det senast vara dokumenterat?",),
    ("SIP-mötet är bokat 14 april, när ska det senast vara dokumenterat?",
     "mötet är ombokat till den 28 april"),
    ("SIP-mötet är bokat 14 april, när ska det senast vara dokumenterat?",
     "det senarelades till 28 april"),
]  # fmt: skip


@pytest.mark.parametrize("turns", MOVED)
def test_a_meeting_that_was_moved_counts_from_its_new_day(ask, turns):
    told = first(ask(*turns, region="norrbotten", day=date(2026, 4, 7)))
    assert told.startswith("Senast fredag 1 maj 2026")
    assert "14 april" not in told


def test_a_moved_meeting_may_lie_ahead_though_the_moving_is_past(ask):
    question = "Mötet senarelades till 16 april. När ska vi senast ha dokumenterat?"
    told = first(ask(question, region="norrbotten", day=date(2026, 3, 7)))
    assert told.startswith("Senast söndag 19 april 2026")


@pytest.mark.parametrize("turn", ["och om det gått 11.55 istället?", "och om den gick 11.30?"])
def test_another_clock_time_for_the_same_message_keeps_its_day(ask, turn):
    question = "Utskrklar skickat tis 10 nov 2026 kl 12.35, när börjar kommunen betala?"
    told = first(ask(question, turn, region="norrbotten", day=date(2026, 11, 10)))
    assert told.startswith("Kommunens betalningsansvar börjar fredag 13 november 2026")


@pytest.mark.parametrize(
    "asks",
    [
        "vilket klockslag gäller på söndagen för inskrivningsmeddelandet?",
        "hur dags på söndagen ska inskrivningsmeddelandet senast vara skickat?",
        "inskrivningsmeddelandet ska skickas inom 24 tim, vilken tid blir det på söndagen?",
    ],
)
def test_the_day_whose_time_is_asked_for_belongs_to_no_event(ask, asks):
    question = f"Läkaren bedömde lör 28 mars 2026 kl 16.30 att pat behöver insatser, {asks}"
    told = first(ask(question, region="norrbotten", day=date(2026, 3, 28)))
    assert told.startswith("Senast söndag 29 mars 2026 klockan 17.30")
    assert "inte räknat med" not in told


@pytest.mark.parametrize(
    "question",
    [
        "Läkarbed om behov efter hemgång gjord 6 mars 2026 kl 14.10, när ska "
        "inskrivningsmeddelandet senast skickas?",
        "Läk bed 6 mars 2026 kl 14.10 att insatser behövs. När ska inskrivningsmedd senast gå?",
    ],
)
def test_a_shortened_assessment_starts_the_clock(ask, question):
    told = first(ask(question, region="norrbotten", day=date(2026, 3, 7)))
    assert told.startswith("Senast lördag 7 mars 2026 klockan 14.10")


def test_what_lies_after_the_asked_thing_is_told(ask):
    question = "När ska vi senast följa upp SIP efter mötet 3 mars 2026?"
    told = first(ask(question, region="norrbotten", day=date(2026, 3, 7)))
    assert told.startswith("Senast onsdag 3 mars 2027")


def test_without_a_need_of_health_care_no_call_is_sent_however_it_is_asked(ask):
    question = "Bara behov av hemtjänst. När ska kallelsen senast skickas efter utskrklar 12/10?"
    told = first(ask(question, region="norrbotten", day=date(2026, 10, 12)))
    assert "Kallelse skickas inte" in told


def test_a_need_of_sip_is_not_a_meeting(ask):
    question = "Lördag 7 nov 2026 blev SIP-behovet känt i öppenvården. Kallelse senast när?"
    told = first(ask(question, region="norrbotten", day=date(2026, 11, 8)))
    assert told.startswith("Senast onsdag 11 november 2026")


@pytest.mark.parametrize(
    "question",
    [
        "Kallelsen skickades 2 mars 2026 till SIP i öppenvården. Hur snart kan mötet hållas?",
        "Kallelse gick 2 mars 2026, SIP i öppenvård. Tidigaste mötesdag?",
    ],
)
def test_the_first_day_of_a_meeting_follows_from_its_call(ask, question):
    told = first(ask(question, region="orebro", day=date(2026, 3, 7)))
    assert told.startswith("Tidigast måndag 30 mars 2026")


def test_a_last_day_is_no_answer_to_the_first(ask):
    question = "Kallelse gick 2 mars 2026, pat inlagd. Tidigaste mötesdag?"
    assert not ask(question, region="orebro", day=date(2026, 3, 7)).computations


def test_two_times_asked_for_are_both_computed_and_named(ask):
    question = "SIP-mötet hölls 3 mars 2026. Senast när ska det dokumenteras och när följas upp?"
    answer = ask(question, region="norrbotten", day=date(2026, 3, 7))
    told = sorted(one.text.split(". ")[0] for one in answer.computations)
    assert told == [
        "Dokumentationen: Senast fredag 6 mars 2026",
        "Uppföljningen: Senast onsdag 3 mars 2027",
    ]


def test_liability_and_the_call_are_both_computed(ask):
    question = (
        "Utskrivningsklar skickades 5 mars 2026 kl 13. När ska kallelsen senast skickas och när "
        "börjar kommunen betala?"
    )
    answer = ask(question, region="norrbotten", day=date(2026, 3, 7))
    assert [one.value for one in answer.computations] == ["2026-03-09", "2026-03-08"]


def test_the_clock_that_lacks_is_the_one_asked_for(ask):
    question = (
        "Läkaren bedömde 6 mars 2026 kl 16 att hen behöver insatser och inskrivningsmeddelandet "
        "skickades 7 mars. Hann vi i tid?"
    )
    answer = ask(question, region="norrbotten", day=date(2026, 3, 8))
    assert answer.status is Status.CLARIFY
    assert "Vilken tid skickades inskrivningsmeddelandet?" in first(answer)


def test_points_of_both_units_are_summed_where_the_sum_is_asked_for(ask):
    question = "Vc och rehab gjorde 2 SIP i hemmet, hur många poäng blir det ihop?"
    assert "tillsammans 18 p" in first(ask(question, region="vgr"))


@pytest.mark.parametrize(
    ("urgency", "value"), [("Det brådskar inte.", "2026-03-02"), ("Brådskande behov.", None)]
)
def test_an_urgent_need_has_no_notice_of_four_weeks(ask, urgency, value):
    question = (
        f"SIP-möte i öppenvården är bokat 30 mars 2026. {urgency} När ska kallelsen senast gå?"
    )
    answer = ask(question, region="orebro", day=date(2026, 2, 20))
    assert [one.value for one in answer.computations] == [value]


def test_a_plan_that_nobody_spoke_of_is_not_taken_to_exist(ask):
    told = "Pat skrevs ut torsdag 5 november 2026, SIP är bokad till 30 november. Hinner vi? Boden"
    assert not ask(told).computations[0].rule.endswith("befintlig")
