"""TRIAGE, reading: words of warning, of recalls, of authorities, and of leaked data.

Tables only; `danger.py` reads them. English, Spanish, German, French, Italian, Portuguese, Chinese, Japanese.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

from triage.reading.lexicon import one_of

# One alternative a line, each from the start of a word; Chinese and Japanese apart, separated by spaces.
WARNING = one_of(
    r"""
    (?:is) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:are) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:it's) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:was) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:were) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:this) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:so) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:really) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:very) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:extremely) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:super) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:how) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:actually) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:potentially) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:incredibly) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:seriously) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:bloody) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:frankly) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:downright) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:quite) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:plain) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:a) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:looks) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:seems) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    (?:that's) (?:\w+ )?(?:dangerous|unsafe|hazardous)\b(?! (?:combination|game|woman|man|love|territory|driving|ideas?|minds?|liaisons))
    dangerous(?:ly)? (?:product|item|fault|defect|device|thing|hot|design|to use)
    unsafe\b(?! space)
    (?:safety|fire|health|shock|choking) (?:hazard|risk|issue|concern|warning|notice|alert|recall|defect|problem)
    (?:trip|burn|strangulation) (?:hazard|risk|issue|concern|warning|notice|alert|recall|defect|problem)
    (?:not|isn'?t|hardly|far from|never) safe\b(?! (?:bet|to say|travels|space|from spoilers|and sound))
    (?:is (?:it|this|that)(?: still)?) safe\b(?! (?:bet|to say|travels|space|from spoilers|and sound))
    (?:are (?:they|these)(?: still)?|still|even) safe\b(?! (?:bet|to say|travels|space|from spoilers|and sound))
    safe (?:for|around|near|with|to use|to keep using|to leave|to drink|to eat|to plug)\b
    death ?trap
    (?:reports|cases|incidents) of .{0,50}(?:alight|fires?|burns?|overheat|shock|injur|explo|melt|smok)
    (?:journalist|reporter|newspaper|newsroom|editor|courier|gazette|tribune|herald|news desk|press enquiry).{0,120}(?:comment|statement|fires?|burns?|recall|safety)
    stop using (?:it|this|your|the|them|these)\b
    (?:unplug|throw (?:it )?(?:out|away)|warn) .{0,30}(?:now|immediately|everyone|people|tonight|at once)\b
    (?:product|safety|voluntary|urgent|nationwide|official|immediate|full|food|toy|battery) recalls?\b
    (?:recall(?:ed|s|ing)?) (?:\w+ ){0,4}(?:product|batch|inhalers?|toys?|cars?|units?|models?|kettles?|chargers?|after|over|due|because|notice|following)
    (?:been|being|was|were|is|are|be|get|getting|got|now) recalled\b
    (?:is|are) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:was) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:were) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:there(?:'s)?) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:about) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:of|for) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:any|a) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:the) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:under) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    (?:no) (?:\w+ )?(?:a )?recall\b(?! (?:that|this|correctly|election|vote|the|it|when|him|her|my|seeing|ever))
    recall (?:them|it|these|this|notice|on|list|number)\b(?! well)
    off the (?:market|shelves)\b
    (?:trading standards).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:consumer (?:safety|protection|product safety)).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:product safety|cpsc|fda).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:opss|osha).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:fire (?:service|brigade|marshal|department)).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:watchdog|regulator).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:stiftung warentest).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:authorit(?:y|ies)).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:health (?:inspector|department|ministry)).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:which\?).{0,80}(?:warn|hazard|danger|recall|report|investigat|unsafe|shock|burn|fire|risk)
    (?:warn(?:s|ed|ing)?).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:alert).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:investigat(?:es|ing|ed|ion)).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:report(?:s|ed)?).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:statement).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:comment).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:journalist).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:reporter).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:newsroom).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:editor).{0,60}(?:overheat|hazard|danger|recall|fires?\b|burns?\b|shock|injur|contaminat|unsafe|defect|safety|incidents?\b)
    (?:peligros[oa]s?|peligro de|riesgo de (?:incendio|descarga|asfixia)|inseguro|alerta sanitaria)
    (?:retirada (?:urgente|del mercado|de producto|de lote)|retir(?:ad[oa]s?|en|an|ar) del mercado|es segur[oa]\b)
    (?:lebens|brand)?gef[aä]hr(?:lich|dung)
    (?:brand|lebens|verletzungs|erstickungs|stromschlag|unfall)gefahr
    (?:gefahr|nicht sicher|unsicher(?:es)? (?:ger[aä]t|produkt))\b
    (?:sicherheits(?:risiko|mangel|problem|hinweis|warnung))\b
    (?:produkt)?r[uü]ckruf(?:aktion)?\b(?! (?:war|ist|versprochen|erbeten|am|bis|um|bitte|nie|kam))
    zur[uü]ckgerufen werden\b
    (?:sofort|ger[aä]te?|produkte?|charge|modelle?|alle|artikel) (?:\w+ )?zur[uü]ck(?:ge)?rufen
    (?:dangereux|dangereuse|danger\b|risque d(?:'incendie|e br[uû]lure|'[eé]lectrocution|'[eé]touffement))
    (?:pas s[eé]curis[eé]|rappel (?:de |du )?(?:produit|lot)|retir[eé]e?s? (?:du march[eé]|de la vente))
    (?:rappel[eé]s?\b)
    (?:pericolos[oaie]|pericolo\b|rischio (?:di )?(?:incendio|scossa|soffocamento)|non [eè] sicur|poco sicur)
    (?:richiamo (?:del )?(?:prodotto|lotto)|richiamat[oaie]|ritirat[oaie] dal)
    (?:perigos[oa]s?|perigo\b|risco de (?:inc[eê]ndio|choque|asfixia)|n[aã]o [eé] segur|inseguro|recall)
    (?:retirad[oa]s? do mercado|recolh(?:a|id[oa]s?|imento))
    """,
    r"""
    危险|危險|不安全|安全隐患|安全隱患|安全问题|召回|下架|市场监管|消协|315|质检|质监|曝光
    危険|危ない|危なく|安全(?:性に|でない|ではな|上の|面で)|リコール|回収|自主回収|消費者(?:庁|センター)|消防(?:署|車|に)|国民生活センター
    """,
)

EXPOSURE = one_of(
    r"""
    data (?:breach|leak)\b
    (?:records?|passwords?|passport|patient|database) .{0,25}(?:leaked|stolen|exposed|hacked|compromised|for sale)\b
    (?:bank details|card details|addresses|emails) .{0,25}(?:leaked|stolen|exposed|hacked|compromised|for sale)\b
    (?:personal (?:data|details|information)) .{0,25}(?:leaked|stolen|exposed|hacked|compromised|for sale)\b
    (?:breach|leak|hack)(?:ed)? .{0,20}(?:exposed|my (?:data|passport|password|details))
    (?:see|sees) (?:\w+ )?(?:other people's|someone else's|a stranger's|another customer's|other customers'?)
    (?:showed me) (?:\w+ )?(?:other people's|someone else's|a stranger's|another customer's|other customers'?)
    (?:showing) (?:\w+ )?(?:other people's|someone else's|a stranger's|another customer's|other customers'?)
    (?:shows me|saw) (?:\w+ )?(?:other people's|someone else's|a stranger's|another customer's|other customers'?)
    (?:got|received) (?:\w+ )?(?:other people's|someone else's|a stranger's|another customer's|other customers'?)
    (?:got|been|was) hacked\b
    (?:selling|sells|dump(?:ed)?) .{0,30}(?:database|records|user data|customer data)
    can (?:still )?see (?:my|our|his|her) (?:live )?location
    (?:filtraci[oó]n|fuga|robo) de datos
    datenleck
    datenpanne
    fuite de donn[eé]es
    (?:fuga|violazione) d(?:i|ei) dati
    vazamento de dados
    """,
    "数据泄露|信息泄露|隐私泄露|泄露.{0,6}(?:信息|数据|隐私)|情報(?:が|の)?(?:流出|漏洩|漏えい)|からの?.{0,8}流出",
)
