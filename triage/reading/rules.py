"""TRIAGE, reading: words that must never be overlooked.

In comes a normalised text; out goes whether it speaks of danger (crisis) or of leaving (churn). These
rules are made for recall: they are OR'ed with the trained head, because too few labelled examples of both
exist anywhere. They never lower a probability.
"""

from __future__ import annotations

import re

# One alternative a line; each starts at the beginning of a word, except in Chinese and Japanese.
_CRISIS_WORDS = r"""
(?:caught|catch(?:es|ing)?|on|took) fire\b
in(?:to)? flames\b
set .{0,30}(?:alight|on fire)\b
explod(?:e[sd]?|ing)\b
(?:third|second)[- ]degree burn
burn(?:s|ed|t) (?:on )?(?:my|his|her|our|their) (?:hand|skin|face|leg|arm|finger|house|flat|kitchen|bed|child|son)
chemical burn
(?:burns|blisters|rash) all over
scorched\b
melted (?:my|the|his|her|our|in|while|and)\b
smoke (?:is |was )?(?:coming|pouring)\b
sparks? (?:flying|from)\b
sparked\b
electric(?:al)? shock
electrocut
short[- ]circuit
battery .{0,20}(?:swell|swoll|hiss|leak)
carbon monoxide
gas (?:leak|smell)
smell(?:s|ed|ing)? (?:of )?gas\b
toxic (?:fumes|smoke|chemical)
poisoned
food poisoning
salmonella
listeria
glass in (?:my|the|her|his|our)\b
(?:piece|shard|splinter)s? of (?:glass|metal|plastic)
(?:glass|metal|plastic) shard
allergic (?:reaction|shock)
anaphyla
chok(?:e[sd]?|ing) (?:on|hazard)
suffocat
(?:can'?t|could not|couldn'?t|unable to) breathe\b
(?:in|to|at) (?:the )?(?:er|emergency room|intensive care|icu)\b
(?:in|to) (?:the )?hospital\b
(?:in|needs?) surgery\b
hospitali[sz]ed
ambulance\b
seizures?\b
injur(?:y|ies|ed)\b
bleed(?:s|ing)\b
broken (?:hip|arm|leg|collarbone|wrist|bone)
brakes? .{0,20}fail
steering .{0,15}lock
air ?bag (?:did ?n[o']?t|failed)
(?:could|would|will|going to) (?:have )?kill(?:ed)? (?:someone|somebody|us|people|him|her)\b
(?:could|someone could|somebody could) have (?:died|been killed|killed)\b
get(?:ting)? killed\b
(?:three|two|several|many|\d+) deaths\b
life[- ]threatening\b
kill myself\b
end my life\b
suicid
no reason to (?:go on|live)\b
self[- ]harm
death threat
threat(?:en|ens|ened|ening)? to kill
(?:bring|brings|has|with) a (?:gun|knife)\b
assaulted
sexual(?:ly)? (?:assault|harass)
harass(?:ed|es|ing) (?:me|my|her|him|us)\b
stalk(?:ed|er|ing|s) (?:me|my|her|him|us)\b
followed (?:me|her|him|us) home\b
data (?:breach|leak)\b
(?:records?|passwords?|passport|patient|database|bank details|card details) .{0,25}(?:leaked|stolen|exposed|hacked)\b
(?:breach|leak|hack)(?:ed)? .{0,20}(?:exposed|my (?:data|passport|password))
(?:see|sees|showed me|showing|shows me) (?:other people's|someone else's|a stranger's|another customer's)
got hacked\b
product recall\b
recall(?:ed|s)? (?:\w+ ){0,3}(?:product|batch|inhalers?|toys?|cars?)\b
(?:must|should|needs to) be recalled\b
off the (?:market|shelves)\b
contaminated
do not eat\b
dead (?:mouse|rat|cockroach)
incendi[oó]
en llamas\b
explot[oó]\b
quemad(?:o|a|uras?) .{0,20}(?:mano|piel|cara|brazo|pierna)
quemaduras
huele a gas\b
fuga de gas
intoxicaci[oó]n
intoxicad
urgencias\b
herid[oa]s?\b
ambulancia
hospitalizad
filtraci[oó]n de datos
(?:me|la|lo) acos[oó]\b
suicid
es peligros[oa]\b
alerta sanitaria
retirada urgente
explodiert
feuer gefangen
in flammen
brennt (?:ab|fast|das|die|der)\b
verbrann?t\b
verbrennung
ver[aä]tz
gasgeruch
vergift
notarzt
krankenhaus
verletzt
lebensgef
glasscherben
datenleck
datenpanne
stromschlag
r[uü]ckruf(?:aktion)?: ?
sofort zur[uü]ckrufen
todesf[aä]ll
nicht mehr leben\b
selbstmord
bel[aä]stigt
pris feu\b
(?:a|ont) explos[eé]
br[uû]lures?\b
fuite de (?:gaz|donn[eé]es)
intoxication alimentaire
[aà] l'h[oô]pital
hospitalis[eé]
aux urgences\b
bless[eé]e?s?\b
(?:m'a|l'a|nous a) agress[eé]e?
failli mourir
rappel de produit
"""

_CRISIS_CJK = r"""
起火|着火|爆炸|烧伤|燒傷|触电|漏电|煤气泄漏|燃气泄漏|中毒|急诊|住院|受伤|流血不止|过敏反应|窒息
刹车失灵|车祸|消防队|救护车|数据泄露|信息泄露|骚扰|跟踪(?:我|到)|自杀|不想活|死亡|召回|致癌
発火|火事に|爆発|やけど|火傷|感電|ガス漏れ|食中毒|救急車|病院に(?:運|搬)|入院|怪我を|けがを|出血|アレルギー反応
窒息|呼吸が(?:苦|でき)|情報(?:が|の)?(?:流出|漏洩|漏えい)|からの?.{0,8}流出|リコール|回収を|死亡事故|死にたい|自殺
ストーカー|ブレーキが(?:効|き)
"""

_CHURN_WORDS = r"""
(?:cancel(?:l?ed|l?ing)?|terminat(?:e|ed|ing)) (?:\w+ ){0,3}(?:subscription|membership|contract|account|policy)s?\b
end(?:ing)? (?:my|our|the|this) (?:subscription|membership|contract)s?\b
i(?:'m| am|'ve| have)? (?:want(?:ed)? to |going to |just )?cancel(?:l?ed|l?ing) (?:my|our|everything)\b
(?:clos(?:e|ed|ing)|delet(?:e|ed|ing)) (?:my|our|the|this) (?:\w+ )?(?:account|app|profile)\b
unsubscrib
uninstall
port (?:my|our) number
(?:not (?:be )?|never )renew
(?:switch|mov|chang|migrat)(?:e|ed|es|ing)? (?:\w+ ){0,3}(?:providers?|banks?|competitor|elsewhere|network)\b
switch(?:ed|ing)? (?:to (?:a|another|your|the) )(?:\w+ )?(?:competitor|brand|bank|tool)\b
tak(?:e|ing) (?:my|our) (?:\w+ )?(?:business|money|account|custom)(?: account)? elsewhere\b
(?:shop|buy|order|fly|going) (?:at the competition|somewhere else|elsewhere)\b
(?:lost|losing) (?:a|another|me as a|my \w+ as|us as) (?:\w+ )?customers?\b
lost .{0,20} as customers?\b
never again\b
never (?:buy|order|shop|fly|us|book|stay|go)(?:e|ing|ping)? .{0,30}\bagain\b
last time (?:i|we) (?:ever )?(?:order|buy|shop|fly|book|use|go|come)
done with (?:you|them|this (?:company|bank|brand|app|service))\b
i(?:'m| am) (?:done|out)\b(?= (?:at|after|with you)|[.!]|$)
boycott
leaving (?:you|them|after)\b
(?:thinking (?:of|about)|considering) (?:leaving|cancel+ing|switching)\b
(?:dar(?:me)?|doy|me doy) de baja
cancelar? (?:la |mi |el )?(?:suscripci[oó]n|contrato|cuenta)
cierro (?:la |mi )?cuenta
me cambio (?:de|a) (?:compa|banco|operador|otr)
nunca m[aá]s (?:compr|vuel|vuelvo)
perdido un cliente
(?:ge)?k[uü]ndig(?:e|en|t|ung)\b
nie wieder\b
wechs(?:le|eln) .{0,25}(?:bank|anbieter|konkurrenz)
bei der konkurrenz
app gel[oö]scht
r[eé]sili(?:e|er|ation)
d[eé]sabonn
je ferme mon compte
plus jamais
(?:pars|passe) [aà] la concurrence
perdu une? client
"""

_CHURN_CJK = r"""
退订|取消.{0,10}(?:会员|订阅|自动续费)|注销|销户|换别家|换运营商|再也不|卸载|失去了?一个.{0,3}(?:顾客|客户)
解約|退会|乗り換え|二度と|アプリ(?:も|を)?削除
"""

_HARMLESS = re.compile(
    r"\b(?:s?he|they|you|we|team|band)(?:'s|'re| is| are| was| were)? on fire\b"
    r"|\bexplod(?:e|ed|ing) with (?:joy|laughter|flavou?r)\b",
    re.IGNORECASE,
)


def _compiled(words: str, cjk: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split(chr(10))[1:-1])})|{'|'.join(cjk.split())}", re.IGNORECASE)


_CRISIS = _compiled(_CRISIS_WORDS, _CRISIS_CJK)
_CHURN = _compiled(_CHURN_WORDS, _CHURN_CJK)


def speaks_of_danger(text: str) -> bool:
    """Whether somebody may be hurt, ill, threatened or exposed, by the words alone."""
    return _CRISIS.search(_HARMLESS.sub(" ", text)) is not None


def speaks_of_leaving(text: str) -> bool:
    """Whether a customer leaves or says so, by the words alone."""
    return _CHURN.search(text) is not None
