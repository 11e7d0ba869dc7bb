"""Which event each moment belongs to, in sentences as staff write them."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.events import Event, Kind, Status, find_events, unplaced
from assistant.moments import find_moments

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def events_of(text: str) -> tuple[Event, ...]:
    return find_events(text, find_moments(text, MONDAY), MONDAY.date())


def shown(event: Event) -> str:
    """An event in short: case, kind, day, time, and its status unless it is told."""
    parts = [f"{event.case}:" if event.case else "", event.kind.value]
    if event.moment:
        parts.append(str(event.moment.date or event.moment.first or "-"))
        if event.moment.time:
            parts.append(f"{event.moment.time:%H.%M}")
        elif event.moment.between:
            parts.append("{:%H.%M}-{:%H.%M}".format(*event.moment.between))
    if event.status is not Status.TOLD:
        parts.append(event.status.value)
    return " ".join(part for part in parts if part)


SENTENCES = """
# utskrivningsklar
Utskrivningsklar skickades fredag 20 november kl 13.10. | utskrivningsklar_skickad 2026-11-20 13.10
Utskr.klar i Lifecare 20/11 kl 9 | utskrivningsklar_skickad 2026-11-20 09.00
Pat blev utskrivningsklar igår em | utskrivningsklar_skickad 2026-11-22 12.00-18.00
ukl fre 20/11 kl 13.10 | utskrivningsklar_skickad 2026-11-20 13.10
Avdelningen skickade utskrivningsklar 2026-11-20 12:00 | utskrivningsklar_skickad 2026-11-20 12.00
Den 20/11 kl 13.10 skickade avdelningen utskrivningsklar | utskrivningsklar_skickad 2026-11-20 13.10
Meddelandet om utskr.klar gick iväg 09.30 på torsdagen | utskrivningsklar_skickad 2026-11-19 09.30
Meddelande om utskrivningsklar kom i fredags kl 15 | utskrivningsklar_skickad 2026-11-20 15.00
Hon är medicinskt färdigbehandlad sedan i fredags | utskrivningsklar_skickad 2026-11-20
Läkaren klarmarkerade 20/11 kl halv två | utskrivningsklar_skickad 2026-11-20 13.30
Underrättelsen kom 20/11 kl 11.59 | utskrivningsklar_skickad 2026-11-20 11.59
Mannen var klar för utskrivning i lördags kl tio | utskrivningsklar_skickad 2026-11-21 10.00
utskrivningsklart skickat 20/11 strax efter tolv | utskrivningsklar_skickad 2026-11-20 12.00-23.59
Vi fick utskrivningsklar sent på fredagen den 20 november | utskrivningsklar_skickad 2026-11-20
The patient was ready for discharge on 20 November 2026 at 1.10 pm
    | utskrivningsklar_skickad 2026-11-20 13.10
Avdelningen rapporterade henne klar i Lifecare 19/11 kl 11
    | utskrivningsklar_skickad 2026-11-19 11.00
Han är inte utskrivningsklar än | utskrivningsklar_skickad denied
Hon blir utskrivningsklar på fredag kl 10 | utskrivningsklar_skickad 2026-11-27 10.00 planned
# utskriven
Hon skrevs ut 20/11 kl 14 | utskriven 2026-11-20 14.00
Patienten är utskriven sedan i torsdags | utskriven 2026-11-19
Utskriven 1 november, ingen ny vårdtid | utskriven 2026-11-01
Kom hem den 18 november | utskriven 2026-11-18
Pappa kom äntligen hem i lördags | utskriven 2026-11-21
Hämtades hem i fredags av dottern | utskriven 2026-11-20
Sonen hämtade henne hem 20/11 vid 15 | utskriven 2026-11-20 15.00
Hon lämnade avdelningen 2026-11-20 kl 14.20 | utskriven 2026-11-20 14.20
Han lämnade sjukhuset i söndags | utskriven 2026-11-22
Hon åkte hem 20/11 med färdtjänst | utskriven 2026-11-20
Vi åkte hem med henne igår | utskriven 2026-11-22
Patienten gick hem i morse | utskriven 2026-11-23 04.00-10.00
Hemgång 27 november kl 11 | utskriven 2026-11-27 11.00
Hemgången skedde den 20:e | utskriven 2026-11-20
Hon skrivs ut på fredag | utskriven 2026-11-27
Hon ska skrivas ut på fredag | utskriven 2026-11-27 planned
Utskrivning planeras till 30/11 | utskriven 2026-11-30 planned
Hem måndag 23/11 | utskriven 2026-11-23
Mamma släpptes från lasarettet i fredags | utskriven 2026-11-20
Patienten är inte utskriven | utskriven denied
She was discharged on 20 November 2026 | utskriven 2026-11-20
# inskriven, bedömning, meddelanden
Hon skrevs in 20/11 kl 14.05 | inskriven 2026-11-20 14.05
Pat lades in i lördags | inskriven 2026-11-21
Inlagd sedan den 15 november | inskriven 2026-11-15
Han blev inlagd på kirurgen 20/11 | inskriven 2026-11-20
Inskriven 2026-11-20 08:00 | inskriven 2026-11-20 08.00
Hon kom in till akuten i går kväll | inskriven 2026-11-22 17.00-23.59
Läkaren bedömde behov av insatser 21/11 kl 9 | lakarbedomning 2026-11-21 09.00
Läkarbedömning gjordes i fredags kl 15 | lakarbedomning 2026-11-20 15.00
Bedömningen gjordes av läkare 20/11 kl 10 | lakarbedomning 2026-11-20 10.00
Doktorn bedömde 20/11 att hon behöver hjälp | lakarbedomning 2026-11-20
Inskrivningsmeddelandet skickades i fredags kl 15.10
    | inskrivningsmeddelande_skickat 2026-11-20 15.10
Inskr.medd gick 20/11 15.10 | inskrivningsmeddelande_skickat 2026-11-20 15.10
inskrmedd skickat igår kl 8 | inskrivningsmeddelande_skickat 2026-11-22 08.00
Vi skickade aldrig inskrivningsmeddelandet | inskrivningsmeddelande_skickat denied
Planeringsunderlaget var klart 21/11 | planeringsunderlag 2026-11-21
Utskrivningsmeddelandet kom 20/11 kl 16 | utskrivningsmeddelande_skickat 2026-11-20 16.00
Beräknat utskrivningsdatum är 30/11 | beraknat_utskrivningsdatum 2026-11-30
Patienten försämrades 22/11 kl 8 | forsamrad 2026-11-22 08.00
Hon blev sämre i natt kl 3 | forsamrad 2026-11-23 03.00
# behov
Behovet blev känt 23/11 | behov_kant 2026-11-23
Behov känt måndag 23/11 | behov_kant 2026-11-23
Vi upptäckte behovet av samordning i tisdags | behov_kant 2026-11-17
Vi märkte först i onsdags att det behövdes en plan | behov_kant 2026-11-18
Behovet av SIP identifierades 19 november | behov_kant 2026-11-19
I torsdags såg distriktssköterskan att det fanns behov | behov_kant 2026-11-19
Hemtjänsten uppmärksammade behoven 2026-11-18 | behov_kant 2026-11-18
# kallelse
Kallelsen skickades 21/11 | kallelse_skickad 2026-11-21
Kallelse gick ut i fredags | kallelse_skickad 2026-11-20
Jag skickade kallelsen den 9 november | kallelse_skickad 2026-11-09
Vi kallade till SIP 20/11 | kallelse_skickad 2026-11-20
Inbjudan skickades igår | kallelse_skickad 2026-11-22
Vi bjöd in i torsdags | kallelse_skickad 2026-11-19
Kallelsen är inte skickad | kallelse_skickad denied
Ingen kallelse har gått | kallelse_skickad denied
När ska kallelsen skickas? | kallelse_skickad asked
Vi fick kallelsen i fredags | kallelse_mottagen 2026-11-20
Kallelsen till mötet den 3 december skickades i går
    | kallelse_skickad 2026-11-22; mote_bokat 2026-12-03
Kallelse till SIP den 3 december | kallelse_skickad; mote_bokat 2026-12-03
# möte, plan, uppföljning
Mötet hölls 5/11 | mote_hallet 2026-11-05
Vi hade SIP i tisdags | mote_hallet 2026-11-17
SIP genomfördes den 5 november kl 13 | mote_hallet 2026-11-05 13.00
SIP-möte var i fredags | mote_hallet 2026-11-20
SIP 5/11 | mote_hallet 2026-11-05
SIP bokad till den 3 december kl 13 | mote_bokat 2026-12-03 13.00 planned
Mötet är bokat till tisdag 15/12 kl 10.00 | mote_bokat 2026-12-15 10.00 planned
SIP-mötet ska hållas 3/12 | mote_bokat 2026-12-03 planned
SIP 3/12 kl 9 | mote_bokat 2026-12-03 09.00
Vi har möte om tre dagar | mote_bokat 2026-11-26
När ska SIP senast hållas? | mote_bokat asked
Planen upprättades 5/11 | plan_upprattad 2026-11-05
SIP:en var klar den 5 november | plan_upprattad 2026-11-05
SIP upprättad 5 november | plan_upprattad 2026-11-05
Vi upprättade planen i tisdags | plan_upprattad 2026-11-17
Uppföljning gjordes 5/11 | uppfoljning_gjord 2026-11-05
Planen följdes upp den 5 november | uppfoljning_gjord 2026-11-05
Uppföljning bokad 14 december | uppfoljning_bokad 2026-12-14 planned
Vi har bestämt uppföljning 14 december | uppfoljning_bokad 2026-12-14
Senaste uppföljningen var 5 november | uppfoljning_gjord 2026-11-05
# övrigt
Förfrågan om SIP kom 20/11 | forfragan 2026-11-20
Han tillfrågades om SIP i fredags | forfragan 2026-11-20
Samtycke inhämtades 20/11 | samtycke 2026-11-20
Hon återkallade sitt samtycke i fredags | samtycke 2026-11-20
FVK utsågs 20/11 kl 10 | fvk_utsedd 2026-11-20 10.00
Född 2008-11-24 | fodd 2008-11-24
Han avled 20 november | avliden 2026-11-20
Länsavstämningsmötet är 30 november | lansavstamningsmote 2026-11-30
Beslut om ÖPT fattades 20/11 kl 15 | beslut 2026-11-20 15.00
# flera händelser
Utskrivningsklar 20/11 kl 11, hem mån 23/11
    | utskrivningsklar_skickad 2026-11-20 11.00; utskriven 2026-11-23
Hon skrevs in 18/11 14:05 och läkaren bedömde behovet 19/11 kl 9
    | inskriven 2026-11-18 14.05; lakarbedomning 2026-11-19 09.00
Pat lades in i lördags men läkaren bedömde behovet först på måndagen
    | inskriven 2026-11-21; lakarbedomning 2026-11-23
Mötet hölls 5/11 och planen upprättades samma dag
    | mote_hallet 2026-11-05; plan_upprattad 2026-11-05
Utskrivningsklar igår kl 9, kallelsen gick i morse. SIP bokad 3/12.
    | utskrivningsklar_skickad 2026-11-22 09.00; kallelse_skickad 2026-11-23 04.00-10.00;
      mote_bokat 2026-12-03 planned
Hon lämnade avdelningen 20/11, kallelse skickades aldrig
    | utskriven 2026-11-20; kallelse_skickad denied
Jag skickade kallelsen den 9 november, hon är utskriven | kallelse_skickad 2026-11-09; utskriven
Kom hem 18/11. När ska SIP hållas? | utskriven 2026-11-18; mote_bokat asked
Utskrivningsklar skickades i fredags. Klockan var 13.10. | utskrivningsklar_skickad 2026-11-20 13.10
När måste vi skicka kallelse om hon blir utskrivningsklar på fredag kl 10?
    | kallelse_skickad asked; utskrivningsklar_skickad 2026-11-27 10.00 planned
SIP gjordes 5 november, när ska den följas upp? | mote_hallet 2026-11-05; uppfoljning_bokad asked
Behov känt 23/11, möte 15/12 kl 10.00 | behov_kant 2026-11-23; mote_bokat 2026-12-15 10.00
Hon är färdigbehandlad, meddelandet gick 20/11 kl 14
    | utskrivningsklar_skickad; utskrivningsklar_skickad 2026-11-20 14.00
Kallelsen skickades inte förrän 20/11 | kallelse_skickad 2026-11-20
Kallelsen är klar. Vi skickade den 20/11. | kallelse_skickad; kallelse_skickad 2026-11-20
Utskrivningsklar skickades 20/11, allt är i sin ordning hos oss på avdelningen. Det var kl 13.
    | utskrivningsklar_skickad 2026-11-20 13.00
Senaste uppföljningen av SIP gjorde vi 15 oktober | uppfoljning_gjord 2026-10-15
20/11 SIP bokad 3/12 | mote_bokat 2026-12-03 planned
Läk bedömde 20/11 kl 9 att hon behöver hjälp | lakarbedomning 2026-11-20 09.00
Dsk fick syn på behovet 20/11 | behov_kant 2026-11-20
Utskrivningsklar 20/11 kl 9 men togs tillbaka samma kväll
    | utskrivningsklar_skickad 2026-11-20 09.00; forsamrad
Uppfoljnigen gjordes 5/11 | uppfoljning_gjord 2026-11-05
Betalar de när utskrivningsklar kom 20/11 kl 9? | utskrivningsklar_skickad 2026-11-20 09.00
# flera fall
Två patienter: A utskrivningsklar 20/11 kl 11, B 20/11 kl 13
    | A: utskrivningsklar_skickad 2026-11-20 11.00; B: utskrivningsklar_skickad 2026-11-20 13.00
Två fall: utskrivningsklar 20/11 kl 11 och 21/11 kl 13
    | 1: utskrivningsklar_skickad 2026-11-20 11.00; 2: utskrivningsklar_skickad 2026-11-21 13.00
I fall A gick utskrivningsklar 20/11 kl 11 och i fall B 20/11 kl 13
    | A: utskrivningsklar_skickad 2026-11-20 11.00; B: utskrivningsklar_skickad 2026-11-20 13.00
Första patienten blev utskrivningsklar 20/11 kl 11, andra patienten 20/11 kl 13
    | 1: utskrivningsklar_skickad 2026-11-20 11.00; 2: utskrivningsklar_skickad 2026-11-20 13.00
Fall 1: hem 18/11. Fall 2: hem 19/11. | 1: utskriven 2026-11-18; 2: utskriven 2026-11-19
Utskrivningsklar 26/11 kl 11.59 i fall A och 26/11 kl 12.01 i fall B
    | A: utskrivningsklar_skickad 2026-11-26 11.59; B: utskrivningsklar_skickad 2026-11-26 12.01
A: kom hem 18/11. B: skrevs ut 19/11. | A: utskriven 2026-11-18; B: utskriven 2026-11-19
Patient 1 skrevs ut 18/11, patient 2 lämnade avdelningen 19/11
    | 1: utskriven 2026-11-18; 2: utskriven 2026-11-19
"""


def _rows() -> list[tuple[str, str]]:
    whole = re.sub(r"\n +", " ", SENTENCES.strip())  # an indented line goes on with the one above
    lines = [line for line in whole.splitlines() if not line.startswith("#")]
    return [(s.strip(), want.strip()) for s, _, want in (line.partition("|") for line in lines)]


@pytest.mark.parametrize(("sentence", "want"), _rows())
def test_each_moment_goes_to_its_event(sentence, want):
    assert "; ".join(shown(event) for event in events_of(sentence)) == want


@pytest.mark.parametrize(
    "sentence",
    [
        "Vem kallar egentligen?",
        "Vilken KVÅ-kod gäller?",
        "Vem är fast vårdkontakt i Kiruna?",
        "Hur registreras besöket i VAS?",
        "Hemsjukvården i Luleå undrar",
        "Kommunens hemtjänst är ny",
    ],
)
def test_a_question_without_events_gives_none(sentence):
    assert events_of(sentence) == ()


def test_a_moment_that_no_event_takes_is_left_to_be_told():
    text = "Utskrivningsklar skickades 20/11 kl 9. Bilen lagades 21/11."
    moments = find_moments(text, MONDAY)
    left = unplaced(moments, find_events(text, moments, MONDAY.date()))
    assert [moment.text for moment in left] == ["21/11"]


def test_an_event_stands_where_it_is_named():
    text = "I går fick vi höra att hon Kom  HÉM den 18 november"
    (event,) = [e for e in events_of(text) if e.kind is Kind.UTSKRIVEN]
    assert text[event.start : event.end] == "Kom  HÉM"
