"""Numbers and names of a rule that none of its own provisions states, each with its reason."""

# (topic, name in the entry, number) → the provision where it does stand.
ELSEWHERE = {
    # "Dag ett" is explained, not counted from.
    ("betalningsansvar", "interpretation", "1 dag"): "norrbotten-bet-dag-ett",
    # Why the rule does not apply names the deadline of the other process.
    ("frister", "why", "3 arbetsdag"): "norrbotten-ov-kallelse-tre-arbetsdagar",
    ("frister", "why", "3 dag"): "norrbotten-kallelse-tre-dagar",
}

_BIRTHDAY = "the text says child or grown-up; 18 is when one becomes the other"
_DAY_ZERO = "how we count: the day of the event is day 0"
_SIDES = "the two sides of noon, spelled out"
# (topic, name in the entry, number) → why no provision states it.
OURS = {
    ("alder", "alternative", "19 år"): 'the other reading of "older than 18"',
    ("avgifter", "tie_missing", "2"): "names the case that the guideline leaves open",
    ("egenvard", "at_least", "18 år"): _BIRTHDAY,
    ("egenvard", "below", "18 år"): _BIRTHDAY,
    ("fast_vardkontakt", "at_least", "18 år"): _BIRTHDAY,
    ("fast_vardkontakt", "reason", "18 år"): _BIRTHDAY,
    ("frister", "at_least", "18 år"): _BIRTHDAY,
    ("frister", "reason", "18 år"): _BIRTHDAY,
    ("frister", "interpretation", "0 dag"): _DAY_ZERO,
    ("frister", "interpretation", "00.00"): _SIDES,
    ("frister", "interpretation", "11.59"): _SIDES,
    ("frister", "amount", "0 dag"): "no time is added: the guideline names the day itself",
    ("frister", "alternative", "12-31"): "the other reading: once in each calendar year",
    ("frister", "interpretation", "28 dag"): "four weeks in days",
    ("halland", "why", "0"): "spells the code P0, which stands there",
    ("plan", "value", "Värmlands name"): "whose list the group does not stand in",
    ("plan", "value", "Örebros name"): "whose list the group does not stand in",
    ("samtycke", "why", "2"): "counts the two messages that the provision names",
}

# As OURS, where the provision's lines in the original are read instead of our edition.
ORIGINALS = {
    ("opt_orv", "value", "LPT name"): "the original writes the name of the act out",
    ("opt_orv", "value", "LRV name"): "the original writes the name of the act out",
}
