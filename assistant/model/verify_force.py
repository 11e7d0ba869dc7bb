"""How bindingly a clause speaks, and whether it denies what it speaks of."""

import re
from enum import StrEnum

from assistant.model.verify_verbs import TOKEN, is_finite, is_infinitive, stands


class Force(StrEnum):
    """How bindingly a clause speaks."""

    MUST = "ska"
    SHOULD = "bör"
    MAY = "får eller kan"
    BAN = "får inte"
    NEED_NOT = "behöver inte"
    OPEN = "lämnas öppet"  # "om SIP görs på sjukhus" after "bedömer"
    FACT = "sakligt"  # the present tense, without an auxiliary


_MODALS = {
    Force.SHOULD: (
        r"bör|borde|rekommender\w*|rekommendation\w*|lämpligen|tänk på|tänka på|eftersträva\w*"
        r"|önskvärt|(?<!som )helst|sträva"
    ),
    Force.MUST: (
        r"ska|skall|måste|skyldig\w*|krävs|kräver|obligatorisk\w*|tvung\w*|åligger|ålägg\w*"
        r"|behöver|behövs"
    ),
    Force.MAY: (
        r"kan|kunna|får"
        r"|(?:har|ha|få|får|ges|ge|finns|fick) (?:\w+ ){0,2}?(?:möjlighet\w*|chans\w*)"
        r"|möjligt att|rätt(?:en)? till|tillåt\w*|har rätt|rätt att|frivillig\w*|valfri\w*"
        r"|om de vill|går|gå att|inget krav|hindrar (?:\w+ )?inte|inget hinder|tips|förslag|idé"
    ),
    Force.BAN: r"hindrar(?! (?:\w+ )?inte)|hindras(?! inte)|förbjud\w*",
}
_MODAL = re.compile(
    r"\b(?:" + "|".join(f"(?P<{force.name}>{words})" for force, words in _MODALS.items()) + r")\b"
)
# "Ska kunna" binds as "ska"; the rest of these bind nothing.
_BINDS = re.compile(
    r"\b(?:ska kunna|ska gå att|måste gå att|(?:ska|måste) få möjlighet\w*|ska ges möjlighet\w*)\b"
)
_BINDS_NOT = re.compile(r"\b(?:kan komma att|går (?!att)|så snart \w+ kan)\b")
_FREE = ("frivillig", "valfri", "inget krav", "om de vill")
_STRONG = re.compile(
    r"\b(?:inte|ej|icke|aldrig|ing(?:en|et|a|enting)|varken|uteblir|slipper|obehövlig\w*"
    r"|gratis|avgiftsfri\w*|förbjud\w*)\b"
)
_WEAK = re.compile(
    r"\b(?:utan|saknar|saknas|endast|bara|enbart|förrän|först|nej|vägrar|avböj\w*"
    r"|o(?:känd|klar|möjlig|tillräcklig|tillgänglig|enig)\w*|annat sätt än|istället för"
    r"|trots|enda|icke\w+|undvik\w*|undgå\w*|(?:för)?hindra\w*|förebygg\w*|motverka\w*"
    r"|utesluter|uteslut\w+|utom|förutom|i onödan|befria\w*|undant\w+|upphör\w*)\b"
)
# What is denied beside the claim itself: in a relative clause, for contrast, as an exception.
_ELSEWHERE = re.compile(
    r"\bsom (?:(?!är|har|ska|kan|får|bör|måste)\w+ ){0,2}?(?:inte|ej|aldrig)\b"
    r"|\bför att inte\b|^(?:och|eller|men|som) (?:inte|ej)\b|^(?:om|såvida) (?:inte|ej)\b"
    r"|(?<!kan )(?<!får )(?<!ska )\b(?:inte|ej|ingen|inget|inga)\b(?=.*\butan\b(?! att))"
    r"|\balla? som inte\b|\bom \w+ inte\b"
)
_NO_NEGATION = re.compile(
    r"\b(?:inte (?:mer|senare|längre|mindre|färre|mer sällan) än"
    r"|inte (?:bara|endast|minst|enbart)|hindrar (?:\w+ )?inte|inget hinder)\b"
)
_CONTRAST = re.compile(r"(?<=\w),?\s+(?:men|dock) (?:inte|ej)\b(?! \w+(?:r|s)\b).*$")
_RELATIVE = re.compile(r"\b(?:som|vilk(?:en|et|a)|hur|vad|vart|vem)\b")
# An infinitive right after "får", known or not; adjectives in -a set aside.
_MAY_DO = re.compile(
    r"\s+(?:(?:inte|ej|också|även|bara|endast|själv|själva|alltid|man|ni|de|den|det|hen)\s+)*"
    r"(?!(?:alla|andra|egna|sina|flera|samma|många|inga|vissa|dessa|extra|bra|stora|hela|nya|fasta"
    r"|öppna|båda|denna|lika)\b)[a-zåäö]{2,}(?<!ig)(?<!sk)(?<!rn)(?<!nn)(?<!rd)(?<!ad)a\b"
)
_REACH = 9  # words within which "får" finds its verb


def forces_of(text: str, denied: bool) -> frozenset[Force]:
    """How bindingly the clause, in lower case, speaks; `denied` where "inte" or the like rules."""
    text = _BINDS_NOT.sub(" ", _BINDS.sub(" ska ", text))
    found: set[Force] = set()
    for match in _MODAL.finditer(text):
        word, force = match.group(), Force[match.lastgroup or "MUST"]
        if not _counts(word, text[: match.start()], text[match.end() :], denied):
            continue
        if denied and force is Force.MAY and word in {"kan", "kunna", "får", "går", "gå att"}:
            force = Force.BAN
        elif denied and force is Force.MUST:
            force = Force.BAN if word in {"ska", "skall"} else Force.NEED_NOT
        elif word.startswith(_FREE):
            found.add(Force.NEED_NOT)
        found.add(force)
    return frozenset(found or {Force.FACT})


def _counts(word: str, before: str, after: str, denied: bool) -> bool:
    """Whether the word is an auxiliary here: "får komma", not "får hjälp"."""
    if word == "får" and _MAY_DO.match(after):
        return True
    if word in {"får", "behöver"}:
        following = TOKEN.findall(re.split(r"\bför att\b", after)[0])[:_REACH]
        return any(is_infinitive(w) or (len(w) > 4 and w.endswith("as")) for w in following)
    if word == "behövs":
        return denied
    if word == "går":
        return re.match(r"\s+(?:\w+\s+){0,2}att\b", after) is not None
    if word in {"krävs", "kräver"}:
        return not before.rstrip().endswith(" som")
    return True


def main_part(text: str) -> str:
    """The clause to its relative clause, whose auxiliaries bind something else."""
    cleft = text.startswith(("det är", "det var"))
    for match in list(_RELATIVE.finditer(text))[cleft:]:
        words = TOKEN.findall(text[: match.start()])
        if any(is_finite(word) or stands(words, at) for at, word in enumerate(words)):
            return text[: match.start()]
    return text


def denial(text: str, conditional: bool) -> tuple[bool, bool]:
    """Whether the clause denies its claim, and whether it holds a word that may deny."""
    bare = _CONTRAST.sub(" ", _NO_NEGATION.sub(" ", text))
    elsewhere = not conditional and _ELSEWHERE.search(bare) is not None
    count = len(_STRONG.findall(bare))
    return (
        count % 2 == 1 and not elsewhere,
        elsewhere or count > 1 or _WEAK.search(bare) is not None,
    )
