"""What a text states beside its events, and what it only asks."""

from dataclasses import fields

import pytest

from assistant.facts import Consent, Facts, Place, Setting, Unit, Visit, find_facts

G, R, W = Consent.GIVEN, Consent.REFUSED, Consent.WITHDRAWN


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Patienten är 83 år", 83),
        ("En 16-åring", 16),
        ("en 87-årig kvinna", 87),
        ("En åttiotvåårig man", 82),
        ("barn på 7 år", 7),
        ("kille, 17 år, bor hemma", 17),
        ("Hon fyller 18 år i morgon", 18),
        ("a 9-year-old child", 9),
        ("Pat 91 år gammal", 91),
        ("för 2 år sedan", None),
        ("inom 21 dagar", None),
        ("vart tredje år", None),
    ],
)
def test_an_age_is_read(text, age):
    assert find_facts(text).age == age


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("Pat är inlagd på avdelning 4", [Setting.UTSKRIVNING]),
        ("Utskrivningsklar i Lifecare", [Setting.UTSKRIVNING]),
        ("Patienten bor hemma och är inte inlagd", [Setting.OPPENVARD]),
        ("SIP i öppenvården", [Setting.OPPENVARD]),
        ("Planen vid ÖPT", [Setting.TVANGSVARD]),
        ("rättspsykiatrisk vård", [Setting.TVANGSVARD]),
        ("en 16-åring", [Setting.BARN]),
        ("Skolan och BUP är med", [Setting.BARN]),
        ("Bor på säbo", [Setting.SARSKILT_BOENDE]),
        ("korttidsboende", [Setting.KORTTIDSBOENDE]),
        ("Är det egenvård?", [Setting.EGENVARD]),
        ("Vem är ordförande?", []),
    ],
)
def test_the_setting_is_read(text, settings):
    assert list(find_facts(text).settings) == settings


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        ("tre digitala SIP och en hemma", [(Place.DIGITAL, 3), (Place.HEMMA, 1)]),
        ("Två SIP per telefon och en på mottagningen", [(Place.TELEFON, 2), (Place.MOTTAGNING, 1)]),
        ("4 SIP på vårdcentralen", [(Place.VARDCENTRAL, 4)]),
        ("SIP via Skype", [(Place.SKYPE, 1)]),
        ("SIP på Teams", [(Place.DIGITAL, 1)]),
        ("Vi höll SIP på länk", [(Place.DIGITAL, 1)]),
        ("SIP i ordinärt boende", [(Place.HEMMA, 1)]),
        ("mötet var hemma hos patienten", [(Place.HEMMA, 1)]),
        ("Vi hade SIP i patientens hem", [(Place.HEMMA, 1)]),
        ("SIP på lasarettet", [(Place.SJUKHUS, 1)]),
        ("SIP på slutenvårdsavdelningen", [(Place.SJUKHUS, 1)]),
        ("mötet hölls i rehabs lokaler", [(Place.REHABENHET, 1)]),
        ("SIP på rehabenheten", [(Place.REHABENHET, 1)]),
        ("SIP på särskilt boende", [(Place.SARSKILT_BOENDE, 1)]),
        ("SIP per telefon", [(Place.TELEFON, 1)]),
        ("Vi på vårdcentralen undrar", []),
        ("kom hem igen", []),
    ],
)
def test_the_place_is_read_with_its_number(text, visits):
    assert find_facts(text).visits == tuple(Visit(*visit) for visit in visits)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Hur många poäng får rehab?", [Unit.REHAB]),
        ("SIP på vårdcentralen, vad får vi på rehab?", [Unit.REHAB]),
        ("SIP på rehab, vilka poäng får vårdcentralen?", [Unit.VARDCENTRAL]),
        ("Vi på vc hade SIP på Teams", [Unit.VARDCENTRAL]),
        ("vc och rehab", [Unit.VARDCENTRAL, Unit.REHAB]),
        ("När betalar kommunen?", [Unit.KOMMUN]),
        ("SIP på vårdcentralen", []),
    ],
)
def test_the_unit_is_not_the_place(text, units):
    assert list(find_facts(text).units) == units


@pytest.mark.parametrize(
    ("text", "sip", "information"),
    [
        ("Patienten samtycker till SIP", G, None),
        ("Hon sa ja till SIP", G, None),
        ("Samtycke finns", G, None),
        ("Patienten samtycker inte till SIP", R, None),
        ("Pat tackade nej till SIP", R, None),
        ("Han vill inte ha någon SIP", R, None),
        ("Samtycke saknas", R, None),
        ("Hon nekar SIP", R, None),
        ("Hon har inte nekat till SIP", None, None),
        ("Han har återkallat samtycket till SIP", W, None),
        ("Hon sa ja till SIP men ångrade sig", W, None),
        ("Hon samtycker inte till informationsöverföring", None, R),
        ("Pat nekar SIP men samtycker till informationsöverföring", R, G),
        ("Krävs samtycke till SIP?", None, None),
        ("Måste patienten samtycka?", None, None),
        ("Vem dokumenterar samtycket?", None, None),
    ],
)
def test_consent_is_read_and_not_taken_from_a_question(text, sip, information):
    facts = find_facts(text)
    assert (facts.consent_sip, facts.consent_information) == (sip, information)


TRUTHS = [
    ("Han har bara behov av hemtjänst", "only_social_services", True),
    ("Endast socialtjänst behövs", "only_social_services", True),
    ("Hon behöver enbart insatser från socialtjänsten", "only_social_services", True),
    ("Inte bara socialtjänst utan också hemsjukvård", "only_social_services", False),
    ("Hon har hemtjänst", "only_social_services", None),
    ("Regionens resurser är inte på plats", "region_resources", False),
    ("Vårdcentralen har inte kapacitet att ta emot", "region_resources", False),
    ("Öppenvården saknar resurser", "region_resources", False),
    ("Regionens insatser är på plats", "region_resources", True),
    ("Han är folkbokförd i en annan kommun", "registered_here", False),
    ("Han är inte folkbokförd hos oss", "registered_here", False),
    ("Hon är folkbokförd i kommunen", "registered_here", True),
    ("Folkbokföring är viktigt", "registered_here", None),
    ("Ingen kallelse har skickats", "kallelse_sent", False),
    ("Kallelsen är inte skickad", "kallelse_sent", False),
    ("Vi glömde kallelsen", "kallelse_sent", False),
    ("Kallelsen skickades i tisdags", "kallelse_sent", True),
    ("Vi skickade kallelsen", "kallelse_sent", True),
    ("När ska kallelsen skickas?", "kallelse_sent", None),
    ("Måste kallelsen skickas i Lifecare?", "kallelse_sent", None),
    ("Kallelsen skickades för sent", "kallelse_late", True),
    ("Kallelsen kom i tid", "kallelse_late", False),
    ("Kommunen fick inget inskrivningsmeddelande", "municipality_informed", False),
    ("Kommunen informerades aldrig om inskrivningen", "municipality_informed", False),
    ("Inskrivningsmeddelandet skickades till kommunen", "municipality_informed", True),
    ("Kommunen underrättades i fredags", "municipality_informed", True),
    ("Vi har inte fått något besked från kommunen", "municipality_informed", None),
    ("Vi har inte fått något besked från kommunen", "answer_missing", True),
    ("Svar saknas från vårdcentralen", "answer_missing", True),
    ("De svarar inte", "answer_missing", True),
    ("Hon har redan en SIP", "existing_plan", True),
    ("Det finns en SIP sedan tidigare", "existing_plan", True),
    ("Ingen plan finns sedan tidigare", "existing_plan", False),
    # the municipality and the admission, in free words
    (
        "Avdelningen missade att meddela kommunen att mannen lagts in",
        "municipality_informed",
        False,
    ),
    ("Ingen hade sagt till kommunen att hon låg inne", "municipality_informed", False),
    ("Hon lades in utan att någon talade om det för kommunen", "municipality_informed", False),
    ("Vi i kommunen fick aldrig veta att han var inlagd", "municipality_informed", False),
    ("Hemtjänsten visste inte om att hon skrivits in", "municipality_informed", False),
    ("Kommunen var helt ovetande, de hörde aldrig om inläggningen", "municipality_informed", False),
    ("inskr.medd glömdes bort", "municipality_informed", False),
    ("Inskrivningsmedelandet skickades aldrig", "municipality_informed", False),
    ("Biståndshandläggaren fick inget besked om inskrivningen", "municipality_informed", False),
    ("Socialtjänsten har inte underrättats om att pat vårdas här", "municipality_informed", False),
    ("Inskrivningsmeddelandet har inte kvitterats av kommunen", "municipality_informed", None),
    ("Kommunen har inte fått veta att hon är utskrivningsklar", "municipality_informed", None),
    ("Kommunen fick besked om inläggningen samma dag", "municipality_informed", True),
    ("Måste kommunen få veta att han lagts in?", "municipality_informed", None),
    # the region's own part
    ("Hälsocentralens läkare kan inte ta över förrän nästa vecka", "region_resources", False),
    ("vårdcentralen kan inte starta såromläggningen förrän måndag", "region_resources", False),
    ("Regionens hjälpmedel dröjer", "region_resources", False),
    ("Öppenvårdens insatser kommer inte igång i tid", "region_resources", False),
    ("Primärvården har ingen läkartid", "region_resources", False),
    ("hc hinner inte ordna provtagningen", "region_resources", False),
    ("Psykiatrin kan först om en vecka ta emot henne", "region_resources", False),
    ("Kommunen kan inte ta emot patienten", "region_resources", None),
    ("Hemtjänsten är inte på plats, regionen vill ha betalt", "region_resources", None),
    ("Vårdcentralen har inte kallat till SIP", "region_resources", None),
    ("Hälsocentralen kunde inte komma på mötet", "region_resources", None),
    # only what the municipality's social services give
    ("Pat ska bara ha hemtjänst, ingen vård", "only_social_services", True),
    ("Hon behöver enbart trygghetslarm och städning", "only_social_services", True),
    ("Hemtjänst är det enda hon behöver, ingen hemsjukvård", "only_social_services", True),
    ("endast matlådor och larm", "only_social_services", True),
    ("Bara hemtjänst och hemsjukvård behövs", "only_social_services", None),
    # where the patient is registered
    ("Han är skriven i grannkommunen", "registered_here", False),
    ("Hemkommunen är en annan", "registered_here", False),
    ("Hon har sin folkbokföring i en annan kommun", "registered_here", False),
    ("Patienten är utsocknes", "registered_here", False),
    # the call
    ("fvk kallade aldrig till SIP", "kallelse_sent", False),
    ("Ingen har kallat till SIP", "kallelse_sent", False),
    ("därför gick ingen SIP-kalelse", "kallelse_sent", False),
    ("Kallelsen har inte besvarats", "kallelse_sent", None),
    ("Kallelsen är inte kvitterad", "kallelse_sent", None),
    ("Kallelsen skickades inte förrän i fredags", "kallelse_sent", True),
    ("Kallelse behöver inte skickas", "kallelse_sent", None),
    ("Kallelsen gick efter fristen", "kallelse_late", True),
    ("Vi kallade för sent", "kallelse_late", True),
    ("Kallelsen var inte för sen", "kallelse_late", None),
    ("Rött spår", "track", "rött"),
    ("Patienten har grön spårfärg", "track", "grönt"),
]


@pytest.mark.parametrize(("text", "name", "value"), TRUTHS)
def test_a_fact_is_what_the_text_states(text, name, value):
    assert getattr(find_facts(text), name) is value or getattr(find_facts(text), name) == value


def test_a_fact_is_read_without_dots_and_in_capitals():
    for text, name, value in TRUTHS:
        plain = text.upper().translate(str.maketrans("ÅÄÖ", "AAO"))
        assert getattr(find_facts(plain), name) == value


@pytest.mark.parametrize("text", ["", "Hej!", "Vilken KVÅ-kod gäller för SIP?", "Vem kallar?"])
def test_a_text_without_facts_states_none(text):
    facts = find_facts(text)
    assert all(getattr(facts, f.name) in (None, ()) for f in fields(Facts))
