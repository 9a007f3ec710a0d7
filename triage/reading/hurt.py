"""TRIAGE, reading: words for people hurt, ill, in despair or threatened, and for what makes ill.

Tables only; `danger.py` reads them. English, Spanish, German, French, Italian, Portuguese, Chinese, Japanese.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

from triage.reading.lexicon import one_of

# One alternative a line, each from the start of a word; Chinese and Japanese apart, separated by spaces.
INJURY = one_of(
    r"""
    (?:third|second|first)[- ]degree burn
    (?:burn(?:s|ed|t)?) (?:\w+ ){0,2}?(?:my|his|her|our|their|your|myself|himself|herself)\b(?! (?:bridges?|toast|dinner|tongue|calories|mouth|\w+ (?:gold )?card|bridges?))
    (?:scald(?:s|ed|ing)?) (?:\w+ ){0,2}?(?:my|his|her|our|their|your|myself|himself|herself)\b(?! (?:bridges?|toast|dinner|tongue|calories|mouth|\w+ (?:gold )?card|bridges?))
    (?:blister(?:s|ed)?) (?:\w+ ){0,2}?(?:my|his|her|our|their|your|myself|himself|herself)\b(?! (?:bridges?|toast|dinner|tongue|calories|mouth|\w+ (?:gold )?card|bridges?))
    (?:got|get|been|was|were|badly|nasty|severe|serious) (?:\w+ )?(?:burned|burnt|scald(?:ed)?|burns?)\b(?! out)
    (?:minor|acid|chemical|steam) (?:\w+ )?(?:burned|burnt|scald(?:ed)?|burns?)\b(?! out)
    burn(?:s|ed|t)? (?:mark )?on (?:my|his|her|our|their|the) (?:hand|arm|skin|face|leg|finger|thigh|foot|feet|wrist|neck|chest|stomach|palm)
    scald(?:ed|ing|s)?\b
    chemical burn
    under (?:the )?(?:cold|running) (?:tap|water)
    steam .{0,40}(?:wrist|hands?|face|arms?|fingers?|skin|eyes?)\b
    (?:burns|blisters|rash|hives) all over
    blister(?:s|ed|ing)?\b
    (?:cut) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:sliced) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:gash(?:ed)?) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:slashed) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:crushed) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:trapped) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:pinched) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:lost) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:severed) (?:open )?(?:my|his|her|our|their|a|the) (?:\w+ )?(?:hand|finger|thumb|arm|leg|foot|lip|mouth|toe|face|skin)s?\b(?:tip)?
    (?:needed|needs|need|got|with|\d+) (?:\w+ )?stitches
    (?:in|to|at|from) (?:the )?(?:er|a&e|a and e|emergency room|emergency department|intensive care|icu|burns? unit)\b
    (?:in|to|into|at|from) (?:the |a )?hospital\b
    (?:trip|visit|rushed|ended up|went|straight) (?:\w+ ){0,2}(?:hospital|a&e|er|urgent care|emergency)\b
    hospitali[sz]ed
    (?:in|needs?|needed) surgery\b
    ambulance\b
    paramedics?\b
    (?:poison|poisons) (?:control|cent(?:er|re))
    seizures?\b
    injur(?:y|ies|ed|ing)\b
    (?:got|was|were|been|badly|seriously) hurt\b
    hurt (?:my|his|her|our) (?:hand|son|daughter|child|kid|baby|eye|back|head|arm|leg)
    bleed(?:s|ing)?\b
    bled\b
    (?:broken|fractured|broke (?:my|his|her)) (?:hip|arm|leg|collarbone|wrist|bone|finger|tooth|nose)
    (?:broke|chipped|cracked|lost) (?:a|my|his|her) (?:\w+ )?tooth\b
    electric(?:al)? shock
    electrocut
    (?:got) (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:electric |mild |small |nasty |bad )?(?:shocks?|zap(?:ped)?|jolt)\b(?! absorber)
    (?:gets?) (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:electric |mild |small |nasty |bad )?(?:shocks?|zap(?:ped)?|jolt)\b(?! absorber)
    (?:gave) (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:electric |mild |small |nasty |bad )?(?:shocks?|zap(?:ped)?|jolt)\b(?! absorber)
    (?:gives?) (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:electric |mild |small |nasty |bad )?(?:shocks?|zap(?:ped)?|jolt)\b(?! absorber)
    (?:giving) (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:electric |mild |small |nasty |bad )?(?:shocks?|zap(?:ped)?|jolt)\b(?! absorber)
    (?:getting) (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:electric |mild |small |nasty |bad )?(?:shocks?|zap(?:ped)?|jolt)\b(?! absorber)
    (?:felt) (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:electric |mild |small |nasty |bad )?(?:shocks?|zap(?:ped)?|jolt)\b(?! absorber)
    (?:feel) (?:\w+ ){0,2}?(?:an? )?(?:\w+ )?(?:electric |mild |small |nasty |bad )?(?:shocks?|zap(?:ped)?|jolt)\b(?! absorber)
    (?:it |that |which )?(?:shocked|zapped|electrified) (?:me|my|him|her|us)\b(?= when| as| while| every|\.|,|!|$)
    tingl(?:e|es|ing) (?:when|as|if|whenever) (?:i|you|we) touch
    concussion\b
    (?:hand|finger|thumb)s? (?:is |are |was |were |got |completely )?(?:crushed|broken|fractured|squashed|severed)\b
    (?:arm|leg|foot|toe)s? (?:is |are |was |were |got |completely )?(?:crushed|broken|fractured|squashed|severed)\b
    (?:wrist|teeth|tooth)s? (?:is |are |was |were |got |completely )?(?:crushed|broken|fractured|squashed|severed)\b
    (?:nose|rib|ankle)s? (?:is |are |was |were |got |completely )?(?:crushed|broken|fractured|squashed|severed)\b
    (?:knee)s? (?:is |are |was |were |got |completely )?(?:crushed|broken|fractured|squashed|severed)\b
    (?:at|in|to) the (?:clinic|burns unit)
    (?:gum|lip|mouth|hand|finger)s? and (?:there (?:is|was) )?(?:\w+ )?blood\b
    (?:dizzy|confused|unconscious|swollen|swelling|fever).{0,40}(?:after|since|tablet|pill|patch|dose|doctor)
    (?:after|since|tablets?|pills?|patch|dose).{0,40}(?:dizzy|confused|unconscious|swollen|swelling|fever)
    wrong (?:pills?|tablets?|medicine|medication|dose|dosage)
    ran over (?:a|my|his|her)\b
    run over (?:a|my|by)\b
    (?:accelerator|throttle|brakes?) (?:\w+ )?(?:stuck|jammed|gone|failed)
    (?:mu[nñ]eca|brazo|pierna|dedo|pulso|bra[cç]o|perna) (?:rot[oa]|partid[oa]|quebrad[oa]|fracturad[oa])
    (?:pastillas|medicamento|comprimidos) (?:equivocad|errad)
    (?:handgelenk|arm|bein|finger|zahn) (?:\w+ )?(?:gebrochen|gequetscht|eingeklemmt)
    falsche (?:tabletten|pillen|medikament)
    (?:poignet|bras|jambe|doigts?|dent) (?:cass|[eé]cras|fractur|coinc)
    mauvais (?:comprim[eé]s|m[eé]dicament)
    (?:polso|braccio|dito|gamba|dente) (?:rott|schiacciat|fratturat)
    (?:passed out|fainted|collapsed|unconscious)\b
    carbon monoxide
    (?:can'?t|could not|couldn'?t|unable to) breathe\b
    suffocat
    anaphyla
    food poisoning
    poisoned\b
    (?:could) (?:have )?(?:kill(?:ed)?|blind(?:ed)?|seriously hurt|maim(?:ed)?) (?:someone|somebody|us|people|him|her|me|my)\b(?! for)
    (?:would) (?:have )?(?:kill(?:ed)?|blind(?:ed)?|seriously hurt|maim(?:ed)?) (?:someone|somebody|us|people|him|her|me|my)\b(?! for)
    (?:will) (?:have )?(?:kill(?:ed)?|blind(?:ed)?|seriously hurt|maim(?:ed)?) (?:someone|somebody|us|people|him|her|me|my)\b(?! for)
    (?:going to) (?:have )?(?:kill(?:ed)?|blind(?:ed)?|seriously hurt|maim(?:ed)?) (?:someone|somebody|us|people|him|her|me|my)\b(?! for)
    (?:gonna) (?:have )?(?:kill(?:ed)?|blind(?:ed)?|seriously hurt|maim(?:ed)?) (?:someone|somebody|us|people|him|her|me|my)\b(?! for)
    (?:might) (?:have )?(?:kill(?:ed)?|blind(?:ed)?|seriously hurt|maim(?:ed)?) (?:someone|somebody|us|people|him|her|me|my)\b(?! for)
    (?:could|someone could|somebody could|might|nearly) (?:have )?(?:died|been killed|killed (?:me|us|him|her))\b
    (?:almost) (?:have )?(?:died|been killed|killed (?:me|us|him|her))\b
    get(?:ting)? (?:killed|hurt)\b
    (?:two|three|four|several|many|\d+) (?:people )?(?:dead|deaths)\b
    life[- ]threatening\b
    brakes? .{0,20}fail
    steering .{0,15}lock
    air ?bag (?:did ?n[o']?t|failed)
    quemad(?:o|a|uras?) .{0,20}(?:mano|piel|cara|brazo|pierna|dedo|hij)
    (?:me|se|le|nos) (?:he |ha |he |has )?(?:quem[oóeé]|quemad[oa]|cort[eéoó] (?:la|el|con)|electrocut)
    quemaduras?
    (?:calambrazo|descarga el[eé]ctrica|me dio (?:la )?corriente|calambre al tocar)
    urgencias\b(?! del)
    (?:al|en el|del|hacia el|no|ao|pro|para o) hospital\b
    herid[oa]s?\b
    lesi[oó]n(?:ado|ada|es)?\b
    sangr(?:ando|e|aba)\b
    puntos de sutura
    ambul[aâ]n[cz]
    intoxicad
    intoxicaci[oó]n
    (?:die |den |meine |meinen |mir |sich |uns )?(?:\w+ )?(?:verbr[uü]h|verbrannt\b(?= an| am|\.|!|,|$))
    (?:hand|finger|arm|gesicht|haut|bein|zunge) (?:\w+ )?verbrannt
    verbrennung
    brandblase
    ver[aä]tz
    krankenhaus
    notaufnahme
    notarzt
    krankenwagen
    rettungswagen
    verletz(?:t|ung)
    blut(?:et|ete|ung|end)
    gen[aä]ht werden
    stromschl[aä]g
    (?:einen?|eine) (?:stromschlag|gewischt|elektrischen)
    in den finger geschnitten
    geschnitten an
    lebensgef
    vergift(?:et|ung)
    todesf[aä]ll
    br[uû]l(?:ures?|[eé] (?:la|le|les|ma|mon|mes|au|à)|[eé]e? (?:la|le|les|ma|mon|au|à)\b)
    (?:me|m'|s'est|suis|[eé]t[eé]) ?(?:br[uû]l[eé]|[eé]bouillant|coup[eé])
    [eé]bouillant
    (?:[aà] l'|l')h[oô]pital
    hospitalis[eé]
    (?:aux|les) urgences\b
    ambulance
    bless(?:[eé]e?s?|ures?)\b
    (?:saigne|(?:du|en|de|plein de) sang\b|points de suture)
    (?:choc [eé]lectrique|d[eé]charge [eé]lectrique|[eé]lectrocut|coup de jus|pris le courant)
    intoxication
    failli mourir
    (?:mi (?:sono|si [eè])|si [eè]|ci siamo|[eè] rimast[oa]) (?:\w+ )?(?:bruciat|scottat|ustionat|tagliat|ferit)
    ustion
    scottatur
    (?:pronto soccorso|ospedale|ambulanza)\b
    ferit[oaie]\b
    sanguin(?:a|ava|ando|e)\b
    (?:scossa(?: elettrica)?|folgorat|presa la corrente)
    intossicazion
    (?:me|se|fiquei|foi) (?:\w+ )?(?:queimei|queimou|queimad[oa]|cortei|cortou|machuquei|machucou|feri)\b
    queimadura
    (?:pronto[- ]socorro|ambul[aâ]ncia)\b
    ferid[oa]s?\b
    machucad[oa]
    sangra(?:ndo|r|va|mento)\b
    (?:choque (?:el[eé]trico)?|levei (?:um )?choque|apanhei (?:um )?choque)
    intoxica[cç][aã]o
    """,
    r"""
    烧伤|烫伤|燙傷|燒傷|烫到|烫了|触电|觸電|电到|被电|漏电|漏電|电了一下|割伤|割破|划伤|划破|流血|出血|缝了|急诊|急診|住院|进了?医院|送医|受伤|受傷
    中毒|窒息|救护车|救護車|消防队|骨折|摔断|断了骨头|装错了?药|头晕|意识不清|昏迷|夹到手|手被夹|昏倒|晕倒|起泡|水泡|刹车失灵|车祸|致癌|死亡
    やけど|怖くて使え|ヤケド|火傷|感電|ビリッと|ビリビリし|切り傷|指を切|手を切|怪我|けが(?:を|し)|ケガ|出血|血が出|救急|病院(?:に|へ|で|行)|搬送|入院|縫っ|骨折|違う薬|意識を失|意識不明|めまい
    食中毒|窒息|呼吸が(?:苦|でき)|死亡事故|水ぶくれ|ブレーキが(?:効|き)
    """,
)

POISON = one_of(
    r"""
    contaminat
    (?:black |green |grey )?mou?ld(?:y)? (?:in|inside|on|growing|under|all|everywhere|spots?)\b
    (?:found|full of|covered in|there(?:'s| is| was)|grow(?:ing|s)) (?:\w+ )?mou?ld\b
    mou?ldy\b
    toxic\b(?! (?:people|relationship|masculinity|person|ex|workplace|fans?|work))
    (?:bpa|mercury|asbestos|arsenic) (?:\w+ )?(?:in|leach|taste|leak|level|poison|came|coming|residue|smell)
    (?:chemicals?|bleach|solvent) (?:\w+ )?(?:in|leach|taste|leak|level|poison|came|coming|residue|smell)
    lead (?:paint|poison|level|leach)\w*
    (?:leach|leak)(?:es|ing|ed)? (?:\w+ ){0,2}chemicals?
    (?:tastes?|tasted|taste|smells?) (?:\w+ ){0,3}(?:chemicals?|bleach|petrol|solvent|metallic|metal|paint|diesel)\b
    (?:smelled|smelt) (?:\w+ ){0,3}(?:chemicals?|bleach|petrol|solvent|metallic|metal|paint|diesel)\b
    rust (?:flakes|bits|in (?:the|my) (?:water|food|tea|coffee))
    (?:flak(?:es|ing)) (?:\w+ ){0,3}(?:off )?(?:in|into) (?:\w+ )?(?:food|water|milk|tea|coffee|mouth|drink)
    (?:peel(?:s|ing)) (?:\w+ ){0,3}(?:off )?(?:in|into) (?:\w+ )?(?:food|water|milk|tea|coffee|mouth|drink)
    (?:chip(?:s|ping)) (?:\w+ ){0,3}(?:off )?(?:in|into) (?:\w+ )?(?:food|water|milk|tea|coffee|mouth|drink)
    (?:coating) (?:\w+ ){0,5}(?:in|into) (?:the|my|our|his|her) (?:food|water|milk|tea|coffee|mouth|drink|soup|bottle|formula)
    (?:paint) (?:\w+ ){0,5}(?:in|into) (?:the|my|our|his|her) (?:food|water|milk|tea|coffee|mouth|drink|soup|bottle|formula)
    (?:particles) (?:\w+ ){0,5}(?:in|into) (?:the|my|our|his|her) (?:food|water|milk|tea|coffee|mouth|drink|soup|bottle|formula)
    (?:bits) (?:\w+ ){0,5}(?:in|into) (?:the|my|our|his|her) (?:food|water|milk|tea|coffee|mouth|drink|soup|bottle|formula)
    (?:flakes) (?:\w+ ){0,5}(?:in|into) (?:the|my|our|his|her) (?:food|water|milk|tea|coffee|mouth|drink|soup|bottle|formula)
    (?:plastic) (?:\w+ ){0,5}(?:in|into) (?:the|my|our|his|her) (?:food|water|milk|tea|coffee|mouth|drink|soup|bottle|formula)
    salmonella
    listeria
    e\. ?coli\b
    (?:maggots?|cockroach(?:es)?|dead (?:mouse|rat|insect|fly|cockroach|bug)|worms?) (?:\w+ )?(?:in|inside)\b
    (?:rat droppings?) (?:\w+ )?(?:in|inside)\b
    dead (?:mouse|rat|cockroach)
    allerg(?:ic|y) (?:reaction|shock)
    (?:undeclared|not (?:on the )?label|contains|traces of).{0,30}(?:allergen|nuts?|peanuts?|milk|gluten)\b
    (?:without (?:a )?warning).{0,30}(?:allergen|nuts?|peanuts?|milk|gluten)\b
    (?:epipen|hives|throat (?:closed|swell|swoll)|swollen (?:lips|face|tongue|throat))
    (?:brought|broke|came) (?:me |him |her |us )?out in (?:\w+ )?(?:rash|hives)
    (?:a|bad|nasty|red|itchy|terrible|skin) (?:\w+ )?rash\b(?! decision)
    rash,? (?:and|swelling|all|on|after)\b
    (?:metal)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:plastic)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:glass)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:wood)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:screw)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:nail)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:stone)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:hair)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:bone)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:needle)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:mou?ld)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:insect)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:bug)s? (?:\w+ )?in (?:my|the|your|our|his|her|a|this) (?:\w+ )?(?:food|soup|bar|bread|cereal|granola|salad|meal|yogh?urt|chocolate|burger|drink|coffee|bottle|sandwich|pasta|sauce|tea|milk|formula)
    (?:made) (?:me|us|him|her|my (?:\w+ )?(?:son|daughter|kids?|child|children|family|dog|cat|baby|husband|wife)) (?:\w+ )?(?:ill|sick|vomit|throw up)\b(?! of)
    (?:making) (?:me|us|him|her|my (?:\w+ )?(?:son|daughter|kids?|child|children|family|dog|cat|baby|husband|wife)) (?:\w+ )?(?:ill|sick|vomit|throw up)\b(?! of)
    (?:makes) (?:me|us|him|her|my (?:\w+ )?(?:son|daughter|kids?|child|children|family|dog|cat|baby|husband|wife)) (?:\w+ )?(?:ill|sick|vomit|throw up)\b(?! of)
    (?:throwing up|vomit(?:ing|ed)?|violently (?:ill|sick))\b
    do not eat\b
    (?:contaminad|intoxic|veneno|envenen|t[oó]xic|alergia|reacci[oó]n al[eé]rgic|al[eé]rgic)
    (?:moho|enmohecid)
    sabe a (?:qu[ií]mic|lej[ií]a|gasolina|pl[aá]stico|metal)
    (?:verunreinigt|giftig|schimmel|verschimmelt|kontaminiert|allergische|hautausschlag)
    (?:ausschlag (?:am|im|auf|bekommen)|keime|schadstoff)
    schmeckt (?:\w+ )?nach (?:chemie|plastik|metall|seife|benzin)
    (?:contamin[eé]|toxique|moisi|allergi(?:e|que)|empoisonn|champignons? dans|produit chimique)
    (?:muffa|ammuffit|contaminat|tossic|velen|reazione allergica|allergic)
    (?:mofo|bolor|contaminad|t[oó]xic|veneno|rea[cç][aã]o al[eé]rgica|al[eé]rgic)
    """,
    r"""
    污染|汚染|发霉|發霉|霉斑|霉味|有毒|毒性|甲醛|重金属|塑化剂|化学(?:味|品)|刺鼻|过敏|過敏|起疹|皮疹|吃坏|拉肚子|呕吐|上吐下泻|异物|虫子|蟑螂|细菌|大肠杆菌
    カビ|黴|有毒|有害|化学(?:臭|物質)|薬品|アレルギー|じんましん|湿疹|かぶれ|異物|虫が|ゴキブリ|嘔吐|吐い|下痢|腹痛|お腹を壊|混入
    """,
)

DESPAIR = one_of(
    r"""
    (?:want to|gonna|going to|could|might|i'll) kill myself\b(?! laughing)
    kill myself\b
    end my life\b
    suicid
    no reason to (?:go on|live)\b
    self[- ]harm
    quitarme la vida
    no quiero (?:seguir )?vivir
    nicht mehr leben\b
    selbstmord
    mettre fin [aà] mes jours
    (?:non voglio pi[uù] vivere|togliermi la vita)
    (?:n[aã]o quero (?:mais )?viver|me matar\b|suic[ií]d)
    """,
    "自杀|自殺|不想活|轻生|死にたい|消えたい",
)

THREAT = one_of(
    r"""
    death threat
    threat(?:en|ens|ened|ening)? to (?:kill|hurt|shoot|burn)
    (?:bring|brings|has|with) a (?:gun|knife|weapon)\b
    assault(?:ed|ing)?\b
    sexual(?:ly)? (?:assault|harass)
    harass(?:ed|es|ing) (?:me|my|her|him|us|staff|customers)\b
    stalk(?:ed|er|ing|s) (?:me|my|her|him|us)\b
    followed (?:me|her|him|us) home\b
    scared for (?:my|our|his|her) (?:safety|life|life)
    (?:racist|racially|racial)\b.{0,60}(?:staff|guard|driver|employee|called|threw|kicked|refused|manager|waiter)
    (?:racism|a slur|slurs)\b.{0,60}(?:staff|guard|driver|employee|called|threw|kicked|refused|manager|waiter)
    (?:staff|guard|driver|employee|manager|waiter|called).{0,60}(?:racist|racially|racial|racism|a slur|slurs)\b
    (?:guard|staff|employee) (?:\w+ )?(?:pins?|pinned|hit|hits|punched|beat|beats|dragged|attacked|groped|touched)\b
    (?:driver|bouncer) (?:\w+ )?(?:pins?|pinned|hit|hits|punched|beat|beats|dragged|attacked|groped|touched)\b
    (?:stranger|adult|man) .{0,40}(?:message|messaging|groom|photos).{0,60}(?:kids?|child|children|son|daughter)
    (?:someone) .{0,40}(?:message|messaging|groom|photos).{0,60}(?:kids?|child|children|son|daughter)
    (?:kids?|child|children|son|daughter).{0,60}(?:stranger|groom|asked .{0,15}photos)
    swatted\b
    (?:me|la|lo) acos[oó]\b
    bel[aä]stigt
    (?:m'a|l'a|nous a) agress[eé]e?
    """,
    "骚扰|骚擾|跟踪(?:我|到)|ストーカー",
)
