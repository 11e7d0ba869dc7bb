"""Dates and times as staff write them, and what must not be taken for one."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.moments import Moment, Precision, find_moments

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def shown(moment: Moment) -> str:
    """A moment in short: day, days or -, then time, interval or nothing, then ? for a problem."""
    day = f"{moment.date or '-'}"
    if moment.first:
        day = f"{moment.first}..{moment.last}"
    when = ""
    if moment.time:
        when = (
            f" {moment.time:%H.%M.%S}".removesuffix(".00")
            if moment.time.second
            else (f" {moment.time:%H.%M}")
        )
    elif moment.between:
        when = f" {moment.between[0]:%H.%M}-{moment.between[1]:%H.%M}"
    return day + when + (" ?" if moment.problem else "")


FORMS = """
# the year said in words, the time in words, a time before another word
3 december i fjol | 2025-12-03
i fjol, den 3 december | 2025-12-03
5 januari nästa år kl 9 | 2027-01-05 09.00
kl tretton och tio 13/3 | 2026-03-13 13.10
fem över tolv mitt på dagen 13/3 | 2026-03-13 12.05
Prick 12.00 mån 30 mars 2026 | 2026-03-30 12.00
exakt tolv 13/3 | 2026-03-13 12.00
# day and month
13/3 | 2026-03-13
13/3 kl 13.10 | 2026-03-13 13.10
13/3 kl. 13:10 | 2026-03-13 13.10
13/3 13.10 | 2026-03-13 13.10
13/3 1310 | 2026-03-13 13.10
13/3 kl 1310 | 2026-03-13 13.10
den 13/3 kl 8 | 2026-03-13 08.00
13 / 3 | 2026-03-13
13/3-26 | 2026-03-13
13/3 -2026 | 2026-03-13
13/3 2026 | 2026-03-13
13/3 2026 kl 13.10 | 2026-03-13 13.10
13/3/2026 | 2026-03-13
13/3/26 | 2026-03-13
1/12 | 2026-12-01
24/12 kl 11 | 2026-12-24 11.00
31/12 23:59 | 2026-12-31 23.59
fre 13/3 | 2026-03-13
fre 13/3, kl 13.10 | 2026-03-13 13.10
fre 13 mars | 2026-03-13
fre. 13 mars | 2026-03-13
tors 26 nov kl 9 | 2026-11-26 09.00
mån 30/11 kl 08.15 | 2026-11-30 08.15
man 30/11 kl 08.15 | 2026-11-30 08.15
lör 28/11 | 2026-11-28
sön 29 nov 14.00 | 2026-11-29 14.00
fredag den 13:e mars 2026 | 2026-03-13
fredagen den 13 mars 2026 | 2026-03-13
fredagen den 13 mars kl. 13.10 | 2026-03-13 13.10
Fredag 13 mars 2026, kl. 13.10 | 2026-03-13 13.10
FREDAG 13 MARS 2026 | 2026-03-13
den 13 mars | 2026-03-13
den 13:e mars | 2026-03-13
13e mars | 2026-03-13
13 mars 2026 | 2026-03-13
13 mars -26 | 2026-03-13
13 mars '26 | 2026-03-13
13 mar 2026 | 2026-03-13
den trettonde mars | 2026-03-13
första december kl 10 | 2026-12-01 10.00
tjugofjärde december | 2026-12-24
sista november | 2026-11-30
sista dagen i november | 2026-11-30
sista fredagen i november | 2026-11-27
första måndagen i december 2026 | 2026-12-07
kl 13.10 den 13 mars | 2026-03-13 13.10
kl 13.10 fredagen den 13/3 | 2026-03-13 13.10
13:10 13/3 | 2026-03-13 13.10
13/3 (fredag) kl 13.10 | 2026-03-13 13.10
13 mars, en fredag | 2026-03-13
5 dec | 2026-12-05
5 dec. kl 10 | 2026-12-05 10.00
1 jan | 2027-01-01
2 januari kl 9.30 | 2027-01-02 09.30
2 juli 2026 | 2026-07-02
29 februari 2028 | 2028-02-29
29 februari | 2028-02-29
30 sept 2026 | 2026-09-30
14 okt | 2026-10-14
# digits only
13.3.2026 | 2026-03-13
13.03.2026 13.10 | 2026-03-13 13.10
13.3.26 | 2026-03-13
13-03-2026 | 2026-03-13
2026-03-13 | 2026-03-13
2026-3-13 | 2026-03-13
2026/03/13 | 2026-03-13
2026.03.13 | 2026-03-13
2026-03-13 13:10 | 2026-03-13 13.10
2026-03-13 kl 13.10 | 2026-03-13 13.10
2026-03-13, 13.10 | 2026-03-13 13.10
2026-03-13T13:10 | 2026-03-13 13.10
2026-03-13T13:10:30 | 2026-03-13 13.10.30
2026-03-13T13:10+01:00 | 2026-03-13 13.10
2026-03-13T12:10Z | 2026-03-13 13.10
2026-07-13T12:10Z | 2026-07-13 14.10
2026-11-23T23:30Z | 2026-11-24 00.30
2026-03-13T13:10+0100 | 2026-03-13 13.10
20260313 | 2026-03-13
20260313 kl 13.10 | 2026-03-13 13.10
260313 | 2026-03-13
260313 kl 1310 | 2026-03-13 13.10
den 13.3 kl 13.10 | 2026-03-13 13.10
# from today
igår | 2026-11-22
i går | 2026-11-22
igar | 2026-11-22
i går em | 2026-11-22 12.00-18.00
igår eftermiddag | 2026-11-22 12.00-18.00
igår fm | 2026-11-22 06.00-12.00
i går kväll | 2026-11-22 17.00-23.59
i går morse | 2026-11-22 04.00-10.00
igår kl 13.10 | 2026-11-22 13.10
igår vid 13 | 2026-11-22 13.00
idag | 2026-11-23
i dag | 2026-11-23
idag 14.30 | 2026-11-23 14.30
idag kl 14 | 2026-11-23 14.00
idag 14 | 2026-11-23 14.00
idag den 23 november | 2026-11-23
idag måndag 23/11 kl 9 | 2026-11-23 09.00
i morse | 2026-11-23 04.00-10.00
i morse kl 7.45 | 2026-11-23 07.45
i morse vid åtta | 2026-11-23 08.00
i förrgår | 2026-11-21
förrgår kl 10 | 2026-11-21 10.00
i forrgar | 2026-11-21
i övermorgon | 2026-11-25
övermorgon kl 9 | 2026-11-25 09.00
imorgon | 2026-11-24
i morgon kl 8 | 2026-11-24 08.00
imorgon 8 | 2026-11-24 08.00
imorrn kl 13 | 2026-11-24 13.00
i morgon bitti | 2026-11-24
i morgon förmiddag | 2026-11-24 06.00-12.00
ikväll kl 8 | 2026-11-23 20.00
i kväll | 2026-11-23 17.00-23.59
i eftermiddag kl 2 | 2026-11-23 14.00
i förmiddags | 2026-11-23 06.00-12.00
om tre dagar | 2026-11-26
om 3 dagar kl 10 | 2026-11-26 10.00
om en vecka | 2026-11-30
om två veckor | 2026-12-07
om en månad | 2026-12-23
om 2 timmar | 2026-11-23 12.00
för 4 dagar sen | 2026-11-19
för fyra dagar sedan | 2026-11-19
4 dagar sedan | 2026-11-19
sen fyra dagar | 2026-11-19
sedan 3 dagar | 2026-11-20
för en vecka sedan | 2026-11-16
för två timmar sen | 2026-11-23 08.00
tre dygn sedan | 2026-11-20
# weekdays
måndag | 2026-11-23
tisdag | 2026-11-24
fredag | 2026-11-27
en fredag kl 13.10 | 2026-11-27 13.10
i måndags | 2026-11-16
i fredags | 2026-11-20
i fredags em | 2026-11-20 12.00-18.00
i fredags kväll | 2026-11-20 17.00-23.59
i fredags kl 15 | 2026-11-20 15.00
fredags kl 13.10 | 2026-11-20 13.10
i torsdags vid 13-tiden | 2026-11-19 12.30-13.30
på fredag | 2026-11-27
på måndag | 2026-11-30
på fredag kl 9 | 2026-11-27 09.00
nu på torsdag | 2026-11-26
kommande onsdag | 2026-11-25
nästa tisdag | 2026-12-01
nasta tisdag kl 10 | 2026-12-01 10.00
förra tisdagen | 2026-11-17
förra fredagen kl 11.30 | 2026-11-20 11.30
fredag kl 13.10 | 2026-11-27 13.10
fredag 13.10 | 2026-11-27 13.10
fredag eftermiddag | 2026-11-27 12.00-18.00
fre em | 2026-11-27 12.00-18.00
ons kl 9 | 2026-11-25 09.00
torsdag morgon | 2026-11-26 04.00-10.00
fredagskväll | 2026-11-27 17.00-23.59
fredag 27 kl 8 | 2026-11-27 08.00
måndag 30 | 2026-11-30
blev klar måndag | 2026-11-23
skickades fredag kl 10 | 2026-11-20 10.00
ska hem fredag | 2026-11-27
torsdag nästa vecka | 2026-12-03
natten till fredag | 2026-11-27 00.00-06.00
natten mot lördag den 28 november | 2026-11-28 00.00-06.00
den 27:e kl 8 | 2026-11-27 08.00
den 25 kl 13.30 | 2026-11-25 13.30
skickades den 20:e | 2026-11-20
# weeks
v 12 onsdag | 2026-03-18
v 48 onsdag | 2026-11-25
vecka 12 onsdag | 2026-03-18
onsdag v 49 | 2026-12-02
onsdag i vecka 49 | 2026-12-02
v.49 tisdag kl 9 | 2026-12-01 09.00
v 12 | 2026-03-16..2026-03-22 ?
v12 2027 | 2027-03-22..2027-03-28 ?
vecka 49 | 2026-11-30..2026-12-06 ?
v 49-50 | 2026-11-30..2026-12-13 ?
nästa vecka | 2026-11-30..2026-12-06 ?
förra veckan | 2026-11-16..2026-11-22 ?
vecka 60 | - ?
v 53 2025 | - ?
# clock times
kl 12 | - 12.00
kl. 12 | - 12.00
klockan 12 | - 12.00
kl 12.00 | - 12.00
12.00 | - 12.00
12:00 | - 12.00
13:10 | - 13.10
13:10:30 | - 13.10.30
kl 1310 | - 13.10
kl 0815 | - 08.15
kl 815 | - 08.15
kl 11,45 | - 11.45
kl. 11,45 | - 11.45
kl 13 10 | - 13.10
kl.13.10 | - 13.10
klockan 8 | - 08.00
kl 2 | - 14.00
kl 02 | - 02.00
kl 2 på natten | - 02.00
kl 8 på kvällen | - 20.00
kl 3 på eftermiddagen | - 15.00
kl halv två | - 13.30
halv två | - 13.30
halv åtta på kvällen | - 19.30
kl halv nio | - 08.30
halv 3 | - 14.30
kvart över tolv | - 12.15
kvart över 12 | - 12.15
kvart i tolv | - 11.45
en kvart över ett | - 13.15
kvart i tre | - 14.45
tio i ett | - 12.50
fem i tolv | - 11.55
kl tio över åtta | - 08.10
fem i halv tre | - 14.25
fem över halv ett | - 12.35
tjugo över tio | - 10.20
tolv minuter över tolv | - 12.12
kl tolv | - 12.00
kl ett | - 13.00
prick 12 | - 12.00
kl 12 prick | - 12.00
prick tolv | - 12.00
tolvslaget | - 12.00
efter 12 | - 12.00-23.59
före kl 12 | - 00.00-12.00
innan 12.00 | - 00.00-12.00
strax efter tolv | - 12.00-23.59
13/3 efter kl 12 | 2026-03-13 12.00-23.59
ca kl 14 | - 13.30-14.30
runt 10 | - 09.30-10.30
kl 13-14 | - 13.00-14.00
13.00-14.30 | - 13.00-14.30
mellan 10 och 11 | - 10.00-11.00
på förmiddagen | - 06.00-12.00
på eftermiddagen | - 12.00-18.00
13/3 på förmiddagen | 2026-03-13 06.00-12.00
13/3 fm | 2026-03-13 06.00-12.00
13/3 e.m. | 2026-03-13 12.00-18.00
kl 24.00 den 13 mars | 2026-03-14 00.00
13/3 00.00 | 2026-03-13 00.00
# English
Friday 13 March 2026 at 1.10 pm | 2026-03-13 13.10
Friday, March 13, 2026, 1:10 pm | 2026-03-13 13.10
March 13 | 2026-03-13
March 13th, 2026 at 13:10 | 2026-03-13 13.10
13th of March | 2026-03-13
Dec 5th | 2026-12-05
yesterday at 9 am | 2026-11-22 09.00
tomorrow at noon | 2026-11-24 12.00
last Friday | 2026-11-20
next Tuesday | 2026-12-01
on Friday at 12 pm | 2026-11-27 12.00
3 days ago | 2026-11-20
in two weeks | 2026-12-07
this morning | 2026-11-23 04.00-10.00
# misspelt or without dots
fredga 13 mars | 2026-03-13
13 mras | 2026-03-13
torsadg 26 novmeber | 2026-11-26
måmdag den 30 november | 2026-11-30
13 febuari 2026 | 2026-02-13
5 deceber kl 10 | 2026-12-05 10.00
2 ocktober 2026 | 2026-10-02
1 agusti 2026 | 2026-08-01
sondag 29/11 | 2026-11-29
lordag den 28 nov | 2026-11-28
i overmorgon kl 9 | 2026-11-25 09.00
# holidays
julafton kl 16 | 2026-12-24 16.00
på nyårsafton | 2026-12-31
midsommarafton 2026 kl 10 | 2026-06-19 10.00
skärtorsdagen 2027 | 2027-03-25
annandag jul | 2026-12-26
påskafton 2026 | 2026-04-04
# one moment points to another
13/3 kl 10 och samma dag kl 18 | 2026-03-13 10.00; 2026-03-13 18.00
13/3 kl 10, dagen efter kl 9 | 2026-03-13 10.00; 2026-03-14 09.00
13/3 kl 10 och 14.30 | 2026-03-13 10.00; 2026-03-13 14.30
fredag 13 mars kl 10, på måndagen kl 9 | 2026-03-13 10.00; 2026-03-16 09.00
23 dec 2025 och 2 januari | 2025-12-23; 2026-01-02
från 13/3 till 16/3 | 2026-03-13; 2026-03-16
samma dag kl 18 | - 18.00 ?
# asked for
vid lunch | - ?
igår vid lunch | 2026-11-22 ?
13/3 efter lunch | 2026-03-13 ?
mitt på dagen | - ?
13/3 midnatt | 2026-03-13 ?
midnatt | - ?
i natt | 2026-11-23 ?
fredag natt | 2026-11-27 ?
13-15 mars | 2026-03-13..2026-03-15 ?
i mars | 2026-03-01..2026-03-31 ?
i våras | - ?
om tre arbetsdagar | - ?
för några dagar sedan | - ?
torsdag 13 mars 2026 | 2026-03-13 ?
måndag 2026-03-13 | 2026-03-13 ?
skickades fredag 12 mars | 2026-03-12 ?
idag fredag | 2026-11-23 ?
31 februari | - ?
31/2 | - ?
29 februari 2027 | - ?
32/3 | - ?
13/13 | - ?
2026-13-01 | - ?
2026-02-30 | - ?
45 mars | - ?
kl 25 | - ?
kl 13.75 | - ?
25:10 | - ?
kl 2575 | - ?
13/3 kl 25.00 | 2026-03-13 ?
kl 14 på förmiddagen | - ?
20261340 | - ?
2026-10-25 02.30 | 2026-10-25 02.30 ?
25 oktober 2026 kl 02.30 | 2026-10-25 02.30 ?
2026-03-29 02:30 | 2026-03-29 02.30 ?
2026-10-25 02.30 vintertid | 2026-10-25 02.30
2026-10-25T02:30+01:00 | 2026-10-25 02.30
2026-10-25T02:30+02:00 | 2026-10-25 02.30
"""

NOTHING = """
lagen (2017:612) om samverkan
SFS 2017:30
SOSFS 2009:6
cirkulär 09:66
prop. 2016/17:106
4 kap. 1 §
16 kap. 4 § HSL
kap 4
2 kap. 7 §
12 a § och 16 a §§ LRV
26 § LPT
§ 12
AU124
AU124, AU125 eller AW010
ZV051 och DR16
P0
5 p
4 poäng
21 dagar
24 timmar
inom 24 h
3-21 dagar
3–21 dagar
inom tre dagar
senast tre dagar efter
fyra veckor
4 veckor efter utskrivning
2 mån
12 år
en 83-årig kvinna
en 87-åring
10-åringens samtycke
12 års ålder
070-123 45 67
0920-12 34 56
ring 1177
ring 112
tel 0500 43 10 00
nr 08-123 456 78
rum 1310
avd 12
sal 3
20 %
300 kr
0 kronor
50/50
2/3 av patienterna
1/2 tablett
blodtryck 120/80
2.5 mg
tre digitala SIP och en hemma
två fall
var 14:e dag
varje måndag
på fredagar
tillsyn 24/7
hjälp på natten
hemtjänst på kvällen
kan man gå hem samma dag?
utan dröjsmål
kommunen i Mora
man ska vara med
hennes son ringde
tor det är så
bild 5
version 2.10
steg 1
fall 1 och fall 2
19500505-1234
2 av 3 deltagare
vid 3 tillfällen
under 2026
Vem kallar till SIP?
fyll i a) och b)
Hur många dagar har vi på oss?
en frist om tre dagar
tio i laget
"""


def _rows(table: str) -> list[tuple[str, str]]:
    lines = [line for line in table.strip().splitlines() if not line.startswith("#")]
    return [
        (form.strip(), want.strip()) for form, _, want in (line.partition("|") for line in lines)
    ]


@pytest.mark.parametrize(("form", "want"), _rows(FORMS))
def test_a_written_form_means_its_day_and_time(form, want):
    found = find_moments(form, MONDAY)
    assert "; ".join(shown(moment) for moment in found) == want


@pytest.mark.parametrize("text", NOTHING.strip().splitlines())
def test_what_is_no_moment_gives_nothing(text):
    assert find_moments(text, MONDAY) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-03-13 13:10", "fredag 13 mars 2026 kl. 13.10"),
        ("13/3 kl 13.10", "fredag 13 mars 2026 kl. 13.10 (jag utgår från år 2026)"),
        ("2026-03-13T12:10Z", "fredag 13 mars 2026 kl. 13.10 (omräknat till svensk tid)"),
        ("i fredags em", "fredag 20 november 2026 på eftermiddagen"),
        ("idag före kl 12", "måndag 23 november 2026 före kl. 12.00"),
        ("idag kl halv två", "måndag 23 november 2026 kl. 13.30 (jag utgår från eftermiddagen)"),
        ("nästa tisdag", "tisdag 1 december 2026 (jag räknar med nästa vecka)"),
        ("kl 13.10", "kl. 13.10 (dagen står inte)"),
        ("nästa vecka", "måndag 30 november 2026–söndag 6 december 2026"),
        ("2026-03-13 13:10:30", "fredag 13 mars 2026 kl. 13.10.30"),
    ],
)
def test_what_was_understood_is_said_back_with_what_was_assumed(text, said):
    (moment,) = find_moments(text, MONDAY)
    assert moment.said == said
    assert moment.assumed == ("jag " in said)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31 februari", "31 februari finns inte. Skriv rätt datum."),
        ("torsdag 13 mars 2026", "13 mars 2026 är en fredag, inte en torsdag. Skriv vilken dag"),
        ("2026-03-29 02.30", "Klockslaget 02.30 finns inte 29 mars 2026, eftersom klockan då"),
        ("2026-10-25 02.30", "Klockslaget 02.30 förekommer två gånger 25 oktober 2026"),
        ("idag före lunch", "”idag före lunch” säger inte vilket klockslag det var."),
        ("kl 25", "Klockslaget ”kl 25” går inte att läsa."),
        ("vecka 60", "Vecka 60 finns inte."),
        ("13/3 midnatt", "Midnatt kan vara dagens början eller slut."),
    ],
)
def test_a_problem_is_a_swedish_sentence_that_asks(text, problem):
    (moment,) = find_moments(text, MONDAY)
    assert moment.problem is not None
    assert moment.problem.startswith(problem)
    assert moment.at is None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Mötet är den 13/3", date(2026, 3, 13)),
        ("Mötet ska hållas den 13/3", date(2027, 3, 13)),
        ("Mötet hölls den 1/12", date(2025, 12, 1)),
        ("Mötet är bokat till den 1/12", date(2026, 12, 1)),
        ("Hon skrevs ut den 13/3, när ska mötet hållas?", date(2026, 3, 13)),
        ("Kallelsen till SIP den 1/12 skickades sent", date(2026, 12, 1)),
        ("Meddelandet skickades torsdag 24 december", date(2026, 12, 24)),
        ("Idag är det 2026-11-23. Hon skrevs ut 20/11", date(2026, 11, 20)),
    ],
)
def test_a_missing_year_follows_the_words_around(text, want):
    assert find_moments(text, MONDAY)[-1].date == want


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("kl 12.00", False),
        ("kl 12.00.01", True),
        ("på förmiddagen", False),
        ("igår em", True),
        ("före tolv", False),
        ("efter kl 12", True),
        ("omkring kl 12", None),
        ("vid lunch", None),
        ("igår", None),
    ],
)
def test_the_side_of_noon_is_known_where_the_text_tells_it(text, after):
    (moment,) = find_moments(text, MONDAY)
    assert moment.after_noon is after


def test_an_hour_that_occurs_twice_is_told_apart_by_its_offset():
    summer, winter = (
        find_moments(f"2026-10-25T02:30{offset}", MONDAY)[0].at for offset in ("+02:00", "+01:00")
    )
    assert summer is not None
    assert winter is not None
    assert winter.astimezone(UTC) - summer.astimezone(UTC) == timedelta(hours=1)


def test_the_span_is_the_text_as_written():
    text = "Hej!  Hon blev klar  FREDAG den 13 mars kl. 13.10, tack."
    (moment,) = find_moments(text, MONDAY)
    assert text[moment.start : moment.end] == moment.text == "FREDAG den 13 mars kl. 13.10"


def test_a_reference_in_another_zone_counts_as_swedish_time():
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already Tuesday in Sweden
    assert find_moments("idag", late)[0].date == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (
            "Pat, 83 år, inskriven 20/11 14:05 2 kap. 1 § (2017:612), AU124, tel 0920-12 34 56.",
            ["20/11 14:05"],
        ),
        (
            "Inom 24 timmar från kl 9 den 20/11, alltså 3 dagar före 24/11",
            ["kl 9 den 20/11", "24/11"],
        ),
        ("den 31/11 eller 30/11", ["31/11", "30/11"]),
    ],
)
def test_in_a_sentence_only_the_moments_are_found(text, texts):
    assert [moment.text for moment in find_moments(text, MONDAY)] == texts


@given(st.dates(date(2020, 1, 1), date(2032, 12, 31)), st.times())
def test_what_is_said_of_a_moment_reads_back_as_the_same_moment(day, at):
    at = time(at.hour, at.minute)
    (moment,) = find_moments(f"{day} {at:%H:%M}", MONDAY)
    (again,) = find_moments(moment.said, MONDAY)
    assert (again.date, again.time) == (moment.date, moment.time) == (day, at)


_PIECES = (
    "13 3 / . : - kl den mars fredag i igår 2026 12 halv två v om dagar sen é ﬁ Å\u030a 31 § % em "
    "natt samma dag T Z + ( ) ½ \u200b 99 000 efter"
)


@given(
    st.lists(st.sampled_from(_PIECES.split())).flatmap(
        lambda words: st.sampled_from([" ", ""]).map(lambda between: between.join(words))
    )
)
def test_any_text_is_read_and_spans_keep_order(text):
    found = find_moments(text, MONDAY)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for moment in found:
        assert moment.text == text[moment.start : moment.end]
        assert moment.said
        assert (moment.precision is Precision.UNREADABLE) <= (moment.problem is not None)


def test_a_story_keeps_to_one_time():
    told = [m.date for m in find_moments("Utskriven 20/11. SIP hölls 25/11.", MONDAY)]
    assert told == [date(2026, 11, 20), date(2026, 11, 25)]


def test_a_birthday_says_nothing_of_the_year():
    told = [m.date for m in find_moments("Född 1940-05-05, utskriven 20/11", MONDAY)]
    assert told == [date(1940, 5, 5), date(2026, 11, 20)]


def test_days_later_are_counted_from_the_day_before_in_the_text():
    told = [m.date for m in find_moments("Ut 20/11, kallad fyra dagar senare", MONDAY)]
    assert told == [date(2026, 11, 20), date(2026, 11, 24)]


def test_a_year_alone_is_no_moment():
    assert find_moments("Mötet hölls i fjol", MONDAY) == ()
