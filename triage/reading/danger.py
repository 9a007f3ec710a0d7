"""TRIAGE, reading: words of danger, by category.

In comes a normalised text in lower case; out go the categories of danger it speaks of. Made for recall, in
English, Spanish, German, French, Italian, Portuguese, Chinese and Japanese, with a little Dutch: hardly any labelled
examples exist. Figures of speech are taken out first. It never decides what to do about it.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

from triage.reading.alarms import EXPOSURE, WARNING
from triage.reading.figures import FIGURES, JEST
from triage.reading.hazards import BREAKAGE, FIRE
from triage.reading.hurt import DESPAIR, INJURY, POISON, THREAT
from triage.reading.lexicon import WordList, near, one_of
from triage.reading.perils import ACCIDENT, LEAK, MENACE

# Somebody small and what may happen to them, close together.
_VULNERABLE = near(
    r"""
    (?:my |our |the |a |his |her )?(?:\w+ )?(?:child|children|kids?|son|daughter|baby|babies|toddler|newborn|infant|year[- ]old|grandson|granddaughter|grandchild\w*|dog|cat|puppy|kitten|pet|niece|nephew)\b
    (?:hij[oa]s?|ni[nñ][oa]s?|beb[eé]s?|perr[oa]|gat[oa])\b
    (?:kind(?:er)?|sohn|tochter|baby|s[aä]ugling|hund|katze|enkel\w*)\b
    (?:enfants?|fils|fille|b[eé]b[eé]|chien|chat)\b
    (?:bambin[oaie]|figli[oa]|neonat[oa]|cane|gatto)\b
    (?:filh[oa]s?|crian[cç]as?|cachorro|c[aã]o|gato)\b
    """,
    r"""
    chok(?:e[sd]?|ing)\b
    swallow(?:ed|s|ing)?\b
    (?:danger(?:ous)?|unsafe|hazard|harm(?:ed)?|at risk|safety)\b
    (?:nearly|almost|could have) (?:lost|chok|swallow|burn|fell|been|died|put|got|touch|grab)
    (?:scald|burn(?:ed|t|s)|bitten|trapped|stuck|strangl|suffocat|poison|electrocut|shock(?:ed)?\b)
    (?:in (?:his|her|their|its) mouth)
    (?:sharp edges?|small parts?|came loose|loose (?:screw|part|button|magnet))
    (?:screaming|crying in pain|limp|blue in the face|not breathing)\b
    (?:fell (?:out|off|on|from)|tipped over|collapsed)
    (?:ill|sick) (?:after|from|since)
    vomit
    rash\b
    peligro|atragant|trag[oó]|quem[oó]|asfixi|enferm[oó]|vomit
    gef[aä]hr|verschluck|verbr|erstick|einklemm|eingeklemmt|scharfkantig|erbroch
    danger|[eé]touff|aval[eé]|br[uû]l|coinc[eé]|vomi
    pericol|soffoc|ingoi|ingeri|bruci|scott|vomit
    perig|engasg|engoli|queim|sufoc|vomit
    """,
    40,
)

_VULNERABLE_UNSPACED = one_of(
    "",
    r"""

    (?:孩子|宝宝|寶寶|婴儿|小孩|儿子|女儿|狗|猫).{0,16}(?:危险|危險|吞|噎|呛|烫|割|夹|卡住|摔|吐|中毒|咬|误食|受惊)
    (?:危险|危險|噎|吞|烫|割|夹).{0,14}(?:孩子|宝宝|婴儿|小孩|儿子|女儿)
    (?:子ども|子供|赤ちゃん|息子|娘|幼児|犬|猫|ペット).{0,18}(?:危な|危険|飲み込|誤飲|詰ま|やけど|挟|挟ま|落ち|倒れ|吐|中毒|泣き叫)
    """,
)

# A thing with a plug, a flame or a battery, and what it must not do, close together.
_DEVICE = near(
    r"""
    (?:plug|socket|outlet|cord|cable|lead|charger|adapter|battery|kettle|toaster|iron|hob|stove|oven|heater)s?\b
    (?:radiator|boiler|blanket|lamp|fan|dryer|blender|fryer|cooker|grill|dishwasher|washer|washing machine)s?\b
    (?:fridge|laptop|tablet|scooter|e-?bike|power ?bank|warmer|steriliser|pad|monitor|appliance|device|machine|unit|base|element|wire|switch)s?\b
    (?:enchufe|cable|cargador|bater[ií]a|hervidor|tostadora|plancha|secador|aparato|m[aá]quina|estufa)\b
    (?:stecker|steckdose|kabel|akku|ladeger[aä]t|netzteil|wasserkocher|toaster|b[uü]geleisen|f[oö]hn|ger[aä]t)\b
    (?:maschine|heizung)\b
    (?:prise|c[aâ]ble|chargeur|batterie|bouilloire|grille-pain|fer|appareil|machine|radiateur)\b
    (?:presa|spina|cavo|caricatore|batteria|bollitore|tostapane|ferro|apparecchio|macchina|stufa)\b
    (?:tomada|ficha|cabo|carregador|bateria|chaleira|torradeira|ferro|aparelho|m[aá]quina|aquecedor)\b
    """,
    r"""
    burn(?:t|ed|s|ing)?\b(?! calories)
    (?:(?:so|too|really|very|extremely|dangerously|insanely) hot|warp(?:ed|ing|s)?|alight|smok(?:e|ed|es|ing|y)|spark(?:ed|s|ing)?|melt(?:s|ed|ing)?|scorch\w*|singe\w*|charred|flame\w*|explod\w*)\b
    (?:shock(?:ed|s)?|zapp?\w*|tingl\w*|crackl\w*|fizz(?:ed|ing|les?)|arcing|live wire|electrif\w*)\b
    (?:went|goes|go|gone|turned|turning|going) (?:\w+ )?(?:brown|black|bang|pop)\b
    (?:blew|blown) (?:up|the|our|my|a)\b
    (?:quem\w+|humo|chisp\w+|derret\w+|explot\w+|fuego)\b
    (?:verbrannt|rauch\w*|qualm\w*|funken|geschmolzen|explodiert|brennt|gebrannt|schmort\w*)\b
    (?:br[uû]l\w+|fum[eé]e|[eé]tincelle\w*|fondu\w*|explos\w+|flamme\w*)\b
    (?:bruci\w+|fumo|scintill\w*|sciolt\w+|esplos\w+|fiamm\w+)\b
    (?:queim\w+|fuma[cç]a|fa[ií]sca\w*|derret\w+|explod\w+|fogo)\b
    """,
    45,
)

CATEGORIES: dict[str, tuple[WordList, ...]] = {
    "injury": (INJURY, ACCIDENT),
    "fire": (FIRE, _DEVICE),
    "breakage": (BREAKAGE,),
    "poison": (POISON,),
    "vulnerable": (_VULNERABLE, _VULNERABLE_UNSPACED),
    "warning": (WARNING,),
    "despair": (DESPAIR,),
    "threat": (THREAT, *MENACE),
    "exposure": (EXPOSURE, LEAK),
}
"""Words by category of danger."""


def dangers(text: str) -> frozenset[str]:
    """The categories of danger (keys of CATEGORIES) that a normalised, lower-case text speaks of, by its words alone."""
    literal = FIGURES.taken_from(text)
    return frozenset(name for name, lists in CATEGORIES.items() if any(words.found_in(literal) for words in lists))


def jests(text: str) -> bool:
    """Whether a normalised, lower-case text laughs; somebody hurt may laugh too, so this lowers and never removes."""
    return JEST.found_in(text)
