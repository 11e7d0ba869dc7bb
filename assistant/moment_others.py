"""Digits that are no moment (laws, codes, points, durations, telephone numbers), and left-overs."""

import re

from assistant import moment_words

_UNITS = (
    r"(?:kalender|arbets|var)?dag(?:ar|ars|en|arna)?|dgr|dygn|timm(?:ar|e|en|ars)|tim|h|min|minut(?:er)?|"
    r"sek(?:under)?|veck(?:or|a|an|ors)|manad(?:er|en|ers)?|man|ar|ars|days?|weeks?|months?|hours?|"
    r"years?|ggr|ganger|gang"
)
_THINGS = (
    r"p|poang\w*|pinn\w*|%|procent|kr|kronor|kr/\w+|mg|ml|mikrog\w*|g|kg|cm|mm|km|m2|liter|dl|grader|mmol|"
    r"st|stycken|personer|patienter|pat|barn|brukare|moten|sipar|sip|kommuner|regioner|koder|besok|"
    r"tabletter|tablett|tjanst\w*|roster|sidor|rader|exemplar|kallelser|arenden|fall|insatser|deltagare"
)
NEVER = re.compile(
    r"\b(?:19|20)\d\d(?:/\d\d)?:\d{1,4}\b"  # 2017:612, 2016/17:106
    r"|\b(?:cirkular\w*|sosfs|hslf-fs|prop\.?|dnr|diarienummer|sfs)\s*:?\s*[\d:/.-]+"
    r"|\b\d+\s*(?:[a-z]\s*)?(?:(?:-|och|,)\s*\d+\s*(?:[a-z]\s*)?)*§+|§+\s*\d+(?:\s*-\s*\d+)?"
    r"|\b\d+\s*kap\w*\.?|\bkap(?:itel|\.)?\s*\d+(?:[.:]\d+)*"
    r"|\b(?:19|20)?\d{6}[-+]\d{4}\b|\b\d{10}(?:\d\d)?\b"  # personnummer
    r"|(?<![\d:./-])(?:\+46|0)\s?\d{1,3}(?:\s?-\s?|\s|/)\d[\d -]{4,}\d\b|\b0\d{8,9}\b"
    r"|\b(?:tel\w*|tfn|ring|sms|mobil\w*|nummer|numret|nr|ankn\w*|anknytning|sok\w*|fax)\.?\s*:?\s*"
    r"(?:nr\s*|pa\s+)?\d[\d -]{2,}(?![:.\d]|/\d)"
    r"|\b(?:rum(?:met)?|sal|avd(?:elning(?:en)?)?|plan|vaning|hus|port|plats|box|sid(?:a|an)?|bild|rad|"
    r"rader|steg|niva|fraga|typ|fall|kolumn|mening|stycke|grupp|alternativ|paragraf|pnr|kod|pin|artikel|"
    r"patient|pat|dag|nummer)\.?\s+\d{1,4}(?![\d/.:-]*\d)"
    rf"(?!\s*(?:{moment_words.alternatives(moment_words.MONTHS)})\b)"
    r"|\b(?:version|avsnitt|punkt|bilaga|tabell|figur|steg)\s+\d+(?:\.\d+)*"
    r"|\bvar(?:je|t|annan)?\s+\d+(?::?[ea]|:de)?\s+(?:dag|vecka|manad|timme|ar)\b"
    r"|\b(?:varje|alla|nagon|vilken)\s+(?:man|tis|ons|tors|fre|lor|son)dag\w*"
    r"|(?<![/:-])\b\d+(?:[.,]\d+)?\s*(?:-\s*\d+(?:[.,]\d+)?\s*)?(?:" + _THINGS + r")(?![a-z])"
    r"|\b\d+\s*:-|\b\d+\s+(?:av|utav)\s+\d+\b"
    r"|\b\d/\d\s*(?:tablett|tjanst|timme|dag|dos|liter|dl|del|av|ars)\w*"
    r"|\b(?:dygnet\s+runt|tillsyn|oppe[tn]|bemanna\w*|stod|assistans|jour|hjalp)\s+24/7\b|\bp\s?\d\b"
    r"|\b\d+/\d+\s+(?:i\s+)?(?:blodtryck|bt)\b|\b(?:blodtryck|bt)\w*\s+\d+/\d+|\bpuls\s+\d+"
)
NEVER_BUT_RELATIVE = re.compile(
    rf"\b\d+(?:[.,]\d+)?(?:\s*(?:-|till|eller|till\s+och\s+med)\s*\d+)?\s*-?\s*(?:{_UNITS})(?![a-z])"
    r"|\b\d+\s*-?\s*(?:aring\w*|arig\w*|ars\w*|timmars\w*|dagars\w*|veckors\w*)"
    r"|\b\d+\s+(?:min|sek|tim|dgr)\b\.?|\b(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?\s+ars\b"
)
LEFT_OVER = re.compile(
    r"\b(?:kl|klockan)\.?\s*\d[\d.:,]*"
    r"|(?<![\w.:/-])\d{4}(?=\s+kl\b)"
    r"|(?<![\w.:/-])\d{1,2}:\d{2}(?![\w:/])"
    r"|(?<![\w.:/-])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\w:/])"
    r"|(?<![\w.:/-])(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d)"
    r"|(?<![\w.:/-])\d{1,2}[.-]\d{1,2}[.-](?:19|20)?\d\d(?![\w.:])"
    rf"|(?<![\w.:/-])\d+(?::?e|:de)?\s+(?:{moment_words.alternatives(moment_words.MONTHS)})\b"
)
