"""The timeline: the right deadlines of the right process, in order, done, late or coming."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules import all_rules, calendar, compute
from assistant.rules.given import declared
from assistant.rules.timeline import Kind, State, known_events, timeline
from assistant.rules.timeline_items import content, items
from assistant.rules.wording import REGIONS
from ingest.errors import InputError

NOW = datetime(2026, 3, 14, 8, tzinfo=calendar.ZONE)
DISCHARGE = {
    "inskrivning": "2026-03-10T09:00",
    "lakarbedomning": "2026-03-10T10:00",
    "inskrivningsmeddelande_skickat": "2026-03-10T15:00",
    "utskrivningsklar_skickat": "2026-03-13T13:10",
}
DEADLINES = {"deadline", "window", "earliest_of", "notice", "admission_notice", "adapted", "before"}
WITH_TIME = DEADLINES | {"child_before_discharge", "liability", "deterioration", "gap"}


def entry(rule, region="norrbotten", now=NOW, setting=None, **events):
    found = timeline(region, events, now, setting)
    return next((one for one in found.entries if one.rule == rule), None)


def at(*when):
    return datetime(*when, tzinfo=calendar.ZONE)


# ------------------------------------------------------------------ what is shown


def test_a_discharge_in_norrbotten_stands_in_order_of_time():
    found = timeline("norrbotten", DISCHARGE, NOW)
    assert [(e.rule, e.last, e.state) for e in found.entries if e.last] == [
        ("norrbotten-inskr-24h", at(2026, 3, 11, 10), State.DONE),
        ("norrbotten-inskr-kvittera-1200", at(2026, 3, 11, 12), State.LATE),
        ("norrbotten-planeringsunderlag-24h", at(2026, 3, 11, 15), State.LATE),
        ("norrbotten-klar-samma-dag", date(2026, 3, 13), State.LATE),
        ("norrbotten-klar-kvittera-1200", at(2026, 3, 14, 12), State.COMING),
        ("norrbotten-kallelse-tre-dagar", date(2026, 3, 16), State.COMING),
        ("norrbotten-bet-oversikt", date(2026, 3, 17), State.COMING),
    ]
    assert (found.setting, found.setting_told) == ("utskrivning", False)


def test_what_has_no_date_yet_says_which_event_is_missing():
    found = timeline("norrbotten", DISCHARGE, NOW)
    waiting = {e.rule: e.missing_event for e in found.entries if e.state is State.MISSING}
    assert waiting == {
        "norrbotten-egenplanering-riktmarke": "beraknat_utskrivningsdatum",
        "norrbotten-fvk-utse-senast": "utskriven",
        "norrbotten-utskrmed-nar": "utskriven",
        "norrbotten-utskrmed-kvittera-1200": "utskrivningsmeddelande_skickat",
        "norrbotten-ut-21-dagar": "utskriven",
        "norrbotten-dokumentation-tre-dagar": "mote",
        "norrbotten-uppfoljning-arlig": "sip_upprattad",
    }


def test_the_most_useful_event_is_asked_for_first():
    found = timeline("norrbotten", DISCHARGE, NOW)
    first = found.missing[0]
    assert (first.event, first.label) == ("utskriven", "utskrivningsdatum")
    assert set(first.rules) >= {"norrbotten-ut-21-dagar", "norrbotten-fvk-utse-senast"}


def test_open_care_has_its_own_deadlines_and_a_window():
    found = timeline("norrbotten", {"behov_kant": "2026-03-13"}, NOW)
    assert [(e.rule, e.kind, e.first, e.last) for e in found.entries if e.last] == [
        ("norrbotten-ov-kallelse-tre-arbetsdagar", Kind.DEADLINE, None, date(2026, 3, 18)),
        ("norrbotten-ov-mote-3-21", Kind.WINDOW, date(2026, 3, 16), date(2026, 4, 3)),
        ("norrbotten-ov-plan-3-21", Kind.WINDOW, date(2026, 3, 16), date(2026, 4, 3)),
    ]


def test_an_open_care_deadline_stands_in_a_discharge_only_when_asked_for():
    both = DISCHARGE | {"behov_kant": "2026-03-13"}
    discharge = timeline("norrbotten", both, NOW)
    assert not any("-ov-" in e.rule for e in discharge.entries)
    assert "norrbotten-ov-plan-3-21" in {gone.rule for gone in discharge.excluded}
    open_care = timeline("norrbotten", both, NOW, "öppenvård")
    assert any("-ov-" in e.rule for e in open_care.entries)
    assert not any(e.rule == "norrbotten-kallelse-tre-dagar" for e in open_care.entries)


def test_compulsory_care_documents_the_plan_of_its_own():
    rules = {e.rule for e in timeline("norrbotten", {"mote": "2026-03-13"}, NOW, "ÖPT").entries}
    assert rules == {"norrbotten-opt-dokumentation-tre-dagar", "norrbotten-opt-forvaltningsratten"}


def test_the_plan_of_compulsory_care_is_not_mentioned_elsewhere():
    found = timeline("norrbotten", DISCHARGE | {"mote": "2026-03-13"}, NOW)
    assert not any("-opt-" in gone.rule for gone in found.excluded)


def test_without_a_process_only_what_holds_everywhere_is_shown_and_the_process_is_asked_for():
    found = timeline("norrbotten", {"mote": "2026-03-13"}, NOW)
    assert found.setting is None
    assert {e.rule for e in found.entries} == {
        "norrbotten-dokumentation-tre-dagar",
        "norrbotten-uppfoljning-arlig",
    }
    assert found.missing[0].event == "setting"


def test_orebro_counts_four_weeks_from_discharge_and_lends_no_other_region_s_number():
    events = {"utskrivningsklar_skickat": "2026-03-13T13:10", "utskriven": "2026-03-14"}
    found = timeline("orebro", events, NOW)
    dated = {e.rule: e.last for e in found.entries if e.last}
    assert dated == {"orebro-utskrivning-fyra-veckor": date(2026, 4, 11)}
    unnumbered = {e.rule: e.answer for e in found.entries if e.kind is Kind.NO_NUMBER}
    assert unnumbered["orebro-betalningsansvar-saknas"] == "anges inte i dokumentet"
    assert unnumbered["orebro-kvittera"] == "utan dröjsmål (ingen tid anges)"


def test_orebro_gives_four_weeks_notice_in_open_care():
    one = entry(
        "orebro-kallelse-fyra-veckor-fore", "orebro", setting="oppenvard", mote="2026-04-20"
    )
    assert (one.last, one.state) == (date(2026, 3, 23), State.COMING)


def test_a_child_in_orebro_is_offered_a_plan_before_the_discharge():
    child = {"alder": 12, "vard": "somatisk", "behov": ["socialtjänst"]}
    rule = "orebro-barn-somatik-fore-utskrivning"
    one = entry(rule, "orebro", utskrivning="2026-03-20T10:00", **child)
    assert (one.last, one.strictly) == (at(2026, 3, 20, 10), True)
    assert entry(rule, "orebro", utskrivning="2026-03-20T10:00") is None
    assert entry(rule, "orebro", utskrivning="2026-03-20T10:00", alder=40) is None


@pytest.mark.parametrize("region", ["halland", "vgr", "varmland"])
def test_a_region_without_numbers_says_so(region):
    found = timeline(region, DISCHARGE, NOW)
    assert found.entries
    assert {e.kind for e in found.entries} == {Kind.NO_NUMBER}
    assert all(e.answer and e.state is None and e.last is None for e in found.entries)
    assert found.missing == ()


# ------------------------------------------------------------------ done, late, coming


def test_what_was_done_in_time_is_done_and_what_was_not_is_late():
    sent = {"lakarbedomning": "2026-03-10T10:00"}
    rule = "norrbotten-inskr-24h"
    in_time = entry(rule, inskrivningsmeddelande_skickat="2026-03-11T10:00", **sent)
    too_late = entry(rule, inskrivningsmeddelande_skickat="2026-03-11T10:01", **sent)
    assert (in_time.state, in_time.verdict) == (State.DONE, "i tid")
    assert (too_late.state, too_late.verdict) == (State.DONE_LATE, "för sent")
    assert in_time.last == too_late.last == at(2026, 3, 11, 10)


def test_one_receipt_does_not_stand_for_another():
    receipt = {"utskrivningsklar_kvitterat": "2026-03-13T14:00"}
    found = {e.rule: e.state for e in timeline("norrbotten", DISCHARGE | receipt, NOW).entries}
    assert found["norrbotten-klar-kvittera-1200"] is State.DONE
    assert found["norrbotten-inskr-kvittera-1200"] is State.LATE


def test_what_is_planned_is_not_yet_done():
    one = entry("norrbotten-ov-mote-3-21", behov_kant="2026-03-13", mote="2026-03-20")
    assert (one.state, one.done) == (State.COMING, None)
    assert one.notes == ("Planerat till fredag 20 mars 2026.",)


def test_a_plan_for_after_the_deadline_is_told():
    one = entry("norrbotten-ov-mote-3-21", behov_kant="2026-03-13", mote="2026-04-20")
    assert one.state is State.COMING
    assert one.notes == ("Planerat till måndag 20 april 2026, efter fristen.",)


def test_a_deadline_counted_from_a_planned_day_is_preliminary():
    one = entry("norrbotten-ut-21-dagar", utskriven="2026-03-20")
    assert one.last == date(2026, 4, 10)
    assert any("Preliminärt" in note for note in one.notes)
    assert not any("Preliminärt" in n for n in entry(one.rule, utskriven="2026-03-13").notes)


def test_the_last_day_lasts_to_its_end_and_the_last_moment_to_the_second():
    day = {"utskrivningsklar_skickat": "2026-03-13T13:10"}
    rule = "norrbotten-kallelse-tre-dagar"
    assert entry(rule, now=at(2026, 3, 16, 23, 59, 59), **day).state is State.COMING
    assert entry(rule, now=at(2026, 3, 17), **day).state is State.LATE
    rule = "norrbotten-klar-kvittera-1200"
    assert entry(rule, now=at(2026, 3, 14, 12), **day).state is State.COMING
    assert entry(rule, now=at(2026, 3, 14, 12, 0, 1), **day).state is State.LATE


def test_a_contact_is_appointed_before_the_discharge_not_at_it():
    rule, left = "norrbotten-fvk-utse-senast", {"utskriven": "2026-03-13T10:00"}
    assert entry(rule, now=at(2026, 3, 13, 9), **left).state is State.COMING
    assert entry(rule, now=at(2026, 3, 13, 10), **left).state is State.LATE
    assert entry(rule, fvk_utsedd="2026-03-12", **left).state is State.DONE
    assert entry(rule, fvk_utsedd="2026-03-13T10:00", **left).state is State.DONE_LATE
    assert entry(rule, **left).steps == (
        "Det ska vara gjort före fredag 13 mars 2026 klockan 10.00.",
    )


def test_a_contact_of_the_municipality_alone_is_not_enough():
    one = entry(
        "norrbotten-fvk-utse-senast",
        utskriven="2026-03-13T10:00",
        fvk_utsedd="2026-03-11",
        fvk_huvudman="kommun",
    )
    assert one.state is State.LATE
    assert "måste utse" in one.verdict


def test_a_deed_on_the_last_day_without_a_clock_time_is_done_with_a_reservation():
    one = entry(
        "norrbotten-klar-kvittera-1200", **DISCHARGE, utskrivningsklar_kvitterat="2026-03-14"
    )
    assert one.state is State.DONE
    assert any("klockslag" in note for note in one.notes)


def test_what_no_event_can_show_as_done_has_only_passed():
    rule = "norrbotten-egenplanering-riktmarke"
    assert entry(rule, beraknat_utskrivningsdatum="2026-03-13").state is State.PASSED
    assert entry(rule, beraknat_utskrivningsdatum="2026-03-14").state is State.COMING


# ------------------------------------------------------------------ the municipality's liability


def test_liability_is_an_entry_that_begins_on_its_day():
    day = {"utskrivningsklar_skickat": "2026-03-13T12:00"}
    before = entry("norrbotten-bet-oversikt", now=at(2026, 3, 15, 23, 59), **day)
    begun = entry("norrbotten-bet-oversikt", now=at(2026, 3, 16), **day)
    assert (before.kind, before.last) == (Kind.LIABILITY, date(2026, 3, 16))
    assert (before.state, begun.state) == (State.COMING, State.PASSED)
    assert any("förutsätter" in note for note in before.notes)


def test_a_late_call_ends_the_liability_and_says_why():
    found = timeline("norrbotten", DISCHARGE | {"kallelse_skickad": "2026-03-17"}, NOW)
    gone = next(one for one in found.excluded if one.rule == "norrbotten-bet-oversikt")
    assert gone.reason == "inget betalningsansvar"
    assert "efter sista dagen måndag 16 mars 2026" in " ".join(gone.steps)


def test_a_call_that_is_told_is_not_assumed():
    one = entry("norrbotten-bet-oversikt", **DISCHARGE, kallelse_skickad="2026-03-14")
    assert one.last == date(2026, 3, 17)
    assert one.notes == ()


def test_a_day_without_a_clock_time_gives_both_dates_and_asks_for_it():
    one = entry("norrbotten-bet-oversikt", utskrivningsklar_skickat="2026-03-13")
    assert (one.state, one.last) == (State.MISSING, None)
    assert one.candidates == ("måndag 16 mars 2026", "tisdag 17 mars 2026")
    asked = timeline("norrbotten", {"utskrivningsklar_skickat": "2026-03-13"}, NOW).missing[0]
    assert asked.label == "klockslag för tidpunkt då utskrivningsklar skickades"


def test_an_hour_that_comes_twice_is_asked_about():
    one = entry(
        "norrbotten-planeringsunderlag-24h", inskrivningsmeddelande_skickat="2026-10-25T02:30"
    )
    assert one.state is State.MISSING
    assert one.missing_event == "inskrivningsmeddelande_skickat"
    assert len(one.candidates) == 2


# ------------------------------------------------------------------ conditions


def test_a_no_to_the_plan_takes_away_its_deadlines_and_says_why():
    found = timeline(
        "norrbotten", DISCHARGE | {"utskriven": "2026-03-14", "samtycke_sip": False}, NOW
    )
    reasons = {gone.rule: gone.reason for gone in found.excluded}
    assert reasons["norrbotten-kallelse-tre-dagar"] == "patienten samtycker inte"
    assert reasons["norrbotten-ut-21-dagar"] == "inget samtycke"


def test_a_plan_that_exists_is_followed_up_instead():
    left = {"utskriven": "2026-03-13"}
    assert entry("norrbotten-ut-21-dagar-befintlig", **left) is None
    found = timeline("norrbotten", left | {"befintlig_sip": True}, NOW)
    dated = {e.rule: e.last for e in found.entries}
    assert dated["norrbotten-ut-21-dagar-befintlig"] == date(2026, 4, 3)
    assert "norrbotten-ut-21-dagar" in {gone.rule for gone in found.excluded}


def test_a_fact_asked_for_and_not_known_is_not_asked_for_again():
    asked = {m.event for m in timeline("norrbotten", {"utskriven": "2026-03-13"}, NOW).missing}
    told = {"utskriven": "2026-03-13", "befintlig_sip": None}
    assert "befintlig_sip" in asked
    assert "befintlig_sip" not in {m.event for m in timeline("norrbotten", told, NOW).missing}


def test_leaving_the_ward_is_the_discharge():
    left = {"patienten_lamnar_avdelningen": "2026-03-13T10:00"}
    assert entry("norrbotten-ut-21-dagar", **left).last == date(2026, 4, 3)


# ------------------------------------------------------------------ what cannot be


READY, RECEIPT = "utskrivningsklar_skickat", "utskrivningsklar_kvitterat"


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ({"inskrivning": "2026-03-13", "utskriven": "2026-03-12"}, "utskriven före inskrivningen"),
        (
            {"inskrivning": "2026-03-13", "utskrivning": "2026-03-12"},
            "utskriven före inskrivningen",
        ),
        ({READY: "2026-03-13T13:10", RECEIPT: "2026-03-13T13:09"}, "kvitterat innan"),
        ({"inskrivning": "2026-03-13", "hemgang": "2026-03-12"}, "hemgång före"),
        ({"inskrivning": "2026-02-31"}, "datumet 2026-02-31 finns inte"),
        ({RECEIPT: "2026-02-31"}, "datumet 2026-02-31 finns inte"),
        ({"inskrivning": "2026-03-29T02:30"}, "icke-existerande lokal tid"),
        ({"inskrivning": 7}, "ska vara ett datum eller en tidpunkt"),
        ({"samtycke_sip": "ja"}, "ska vara ja eller nej"),
        ({"kvitterat": "2026-03-13"}, RECEIPT),
        ({"fodelsedag": "2026-03-13"}, "Välj bland: "),
    ],
)
def test_what_cannot_be_is_refused_in_swedish(events, said):
    with pytest.raises(InputError, match=r"\.$") as error:
        timeline("norrbotten", events, NOW)
    assert said in str(error.value)


def test_an_unknown_region_or_process_is_refused_with_the_choices():
    with pytest.raises(InputError, match="halland, vgr"):
        timeline("skane", {}, NOW)
    with pytest.raises(InputError, match="utskrivning, tvangsvard"):
        timeline("norrbotten", {}, NOW, "tandvård")


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(ValueError, match="aware"):
        timeline("norrbotten", {}, NOW.replace(tzinfo=None))


def test_the_same_moment_in_another_zone_gives_the_same_timeline():
    assert timeline("norrbotten", DISCHARGE, NOW) == timeline(
        "norrbotten", DISCHARGE, NOW.astimezone(UTC)
    )


# ------------------------------------------------------------------ the file timeline.toml


def test_every_rule_with_a_time_is_shown_or_left_out_for_a_reason():
    shown = {item.rule for item in items()}
    left_out = {rule for entry in content()["left_out"] for rule in entry["rules"]}
    assert not shown & left_out
    assert shown | left_out <= set(all_rules())
    with_time = {rule.id for rule in all_rules().values() if rule.family in WITH_TIME}
    assert with_time <= shown | left_out


def test_every_provision_of_the_timeline_stands_in_the_edition(edition):
    for item in items():
        assert {*item.of.provisions, *item.also} <= set(edition.provisions), item.rule


def test_every_name_in_the_file_is_one_that_the_timeline_knows():
    known = set(known_events())
    assert known <= set(declared().kinds) | set(content()["event"])
    assert set(content()["ask"]) - {"setting"} <= known
    assert {o[end] for o in content()["order"] for end in ("earlier", "later")} <= known
    assert set(content()["stands_for"]) <= known
    settings = {entry["name"] for entry in content()["setting"]}
    assert all(set(item.settings) <= settings for item in items())
    assert all(item.twin is None or item.twin in all_rules() for item in items())


# ------------------------------------------------------------------ what holds for all events

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC))
WRITTEN = MOMENTS.map(calendar.swedish).flatmap(
    lambda when: st.sampled_from([when.isoformat(), when.date().isoformat()])
)
NAMES = sorted({name for item in items() for name in (*item.starts(), *item.dones())})
EVENTS = st.dictionaries(st.sampled_from(NAMES), WRITTEN, min_size=3, max_size=9)
# The regions that count, oftener than those that give no number.
REGION = st.sampled_from(["norrbotten", "norrbotten", "norrbotten", "orebro", "orebro", *REGIONS])
SETTING = st.sampled_from([None, None, "utskrivning", "utskrivning", "oppenvard", "tvangsvard"])


def possible(region, events, now, setting):
    try:
        return timeline(region, events, now, setting)
    except InputError:
        return None


def ends(entry):
    last = entry.last
    return last if isinstance(last, datetime) else at(last.year, last.month, last.day, 23, 59, 59)


@given(REGION, EVENTS, MOMENTS, SETTING)
def test_the_order_is_that_of_time(region, events, now, setting):
    found = possible(region, events, now, setting)
    if found is not None:
        dated = [e for e in found.entries if e.last]
        assert [ends(e) for e in dated] == sorted(ends(e) for e in dated)
        assert found.entries[: len(dated)] == tuple(dated)


@given(REGION, EVENTS, MOMENTS, st.timedeltas(timedelta(), timedelta(days=90)), SETTING)
def test_a_later_moment_never_turns_late_into_coming(region, events, now, later, setting):
    first, second = (possible(region, events, when, setting) for when in (now, now + later))
    if first is None or second is None:
        assert first is second is None
        return
    then = {e.rule: e for e in second.entries}
    assert set(then) == {e.rule for e in first.entries}
    for one in first.entries:
        assert then[one.rule].last == one.last
        if one.state in {State.LATE, State.DONE_LATE, State.PASSED}:
            assert then[one.rule].state not in {State.COMING, State.MISSING, State.DONE}
        if one.state is State.DONE:
            assert then[one.rule].state is State.DONE


@given(EVENTS, MOMENTS, st.sampled_from(["utskrivning", "oppenvard"]))
def test_every_date_is_the_one_that_the_rule_gives(events, now, setting):
    for region in ("norrbotten", "orebro"):
        found = possible(region, events, now, setting)
        if found is None:
            continue
        for one in found.entries:
            rule = all_rules()[one.rule]
            if one.last is None or rule.family not in DEADLINES - {"before", "earliest_of"}:
                continue
            own = one.start_event in rule.data["start"]
            name = one.start_event if own else "meddelande_skickat"
            alone = {name: calendar.written(one.start), "setting": setting}
            made = compute(one.rule, alone)
            given_ends = made.value if isinstance(made.value, dict) else {"senast": made.value}
            assert calendar.written(one.last) == given_ends["senast"]
            if one.first:
                assert calendar.written(one.first) == given_ends["tidigast"]


@given(REGION, EVENTS, st.sampled_from(NAMES), WRITTEN, MOMENTS, SETTING)
def test_one_more_event_takes_no_date_from_another_rule_without_a_word(
    region, events, name, value, now, setting
):
    before = possible(region, events, now, setting)
    after = possible(region, events | {name: value}, now, setting)
    if before is None or after is None or name in events:
        return
    told = {gone.rule: gone.reason for gone in after.excluded}
    dated = {e.rule for e in after.entries if e.last}
    explained = {e.rule for e in after.entries if e.missing and e.steps}
    for one in before.entries:
        if one.last is not None and one.rule not in dated:
            assert told.get(one.rule) or one.rule in explained, (one.rule, name)
