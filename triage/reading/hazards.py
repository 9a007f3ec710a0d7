"""TRIAGE, reading: words for things that burn or break.

Tables only; `danger.py` reads them. English, Spanish, German, French, Italian, Portuguese, Chinese, Japanese.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

from triage.reading.lexicon import one_of

# One alternative a line, each from the start of a word; Chinese and Japanese apart, separated by spaces.
FIRE = one_of(
    r"""
    (?:caught|catch(?:es|ing)?|took|on) fire\b
    (?:small|electrical|kitchen|house|battery) fire\b(?! ?(?:pit|place|sale|truck|station|drill))
    started a fire\b
    fire (?:hazard|risk|brigade|department|engine|service|extinguisher|alarm went)\b
    firefighters?\b
    in(?:to)? flames\b
    flames? (?:coming|came|shot|shooting|out of|from)\b
    (?:went up|burst|goes up) in\b
    set .{0,30}(?:alight|on fire)\b
    (?:burn(?:t|ed|s|ing)?) (?:down|a hole|through (?:the|my|its|our) (?:cable|cord|plastic|counter|worktop|table|casing|insulation))\b
    (?:exploded?|explodes|exploding|explosion|blew up (?:in|on|while|when|my|the))\b
    (?:went|with|heard) (?:\w+ ){0,2}(?:a )?(?:\w+ )?(?:bang|pop|boom)\b(?! (?:music|song|star|culture|up|quiz))
    (?:made|was) (?:\w+ ){0,2}(?:a )?(?:\w+ )?(?:bang|pop|boom)\b(?! (?:music|song|star|culture|up|quiz))
    (?:loud|huge|almighty) (?:bang|pop|boom)\b
    big bang\b(?! theory|'s| album| concert| tour)(?= and| when| from| as|,)
    scorch(?:ed|ing|es)? (?:mark|the|my|our|smell|plug|socket|on|counter|around)
    scorched\b
    (?:catch(?:es|ing)?|caught|set|went) (?:\w+ )?(?:alight|ablaze)\b
    (?:est|sont|devenue?s?) (?:\w+ )?(?:toute?s? )?(?:noirs?|noires?|marron|noircie?s?)\b(?= apr| au bout| quand| d[eè]s)
    devenue?s? (?:\w+ )?(?:noire?s?|marron)\b
    (?:se (?:ha )?puso|se ha puesto|qued[oó]) (?:\w+ )?(?:negr|marr[oó]n)
    (?:schwarz|braun) (?:geworden|angelaufen|verf[aä]rbt)
    diventat[oa] (?:\w+ )?(?:ner[oa]|marrone)
    ficou (?:\w+ )?(?:pret[oa]|queimad)
    (?:deu|dado|ouvi) (?:um )?estouro
    dispar(?:ou|ado) o (?:quadro|disjuntor)
    desligou o quadro
    melt(?:s|ed|ing) (?:my|the|his|her|our|in|into|while|and|onto|itself|inside|around|at|after|when|plastic|socket|plug|cable|cord|through)\b
    (?:has|have|had|is|was|were|got|half|partly|partially|completely|totally|all|plastic) (?:\w+ )?melted\b
    smok(?:e|ing) (?:is |was |started |began )?(?:coming|pouring|came|rising|from|billow|out of|everywhere|filled)
    (?:started|starts|began) smoking\b(?! (?:cigarettes|weed|again after|at the age|when i was|outside|area))
    (?:begins?|was|were|is) smoking\b(?! (?:cigarettes|weed|again after|at the age|when i was|outside|area))
    (?:full of|saw|see|seeing|black|acrid|thick|with) smoke\b(?! (?:detector|alarm|free|break))
    (?:sparks?|sparking) (?:\w+ )?(?:fly|flying|flew|from|out|when|inside|every|coming|came|in the|at the)\b
    (?:saw|see|seeing|threw|throws|throwing|shot|shooting|shoots|had|makes|made|gives? off) (?:\w+ )?sparks?\b
    (?:gave off|with) (?:\w+ )?sparks?\b
    spark(?:ed|s|ing)\b(?! (?:joy|interest|debate|outrage|conversation|a|my|controversy|the|an|new|water))
    sparked\b(?= and| when| inside| at| again|,|\.|!|$)
    arc(?:ed|ing) (?:when|inside|at)
    short[- ]?circuit
    (?:blew|blown|blows|tripped|trips) (?:\w+ ){0,3}(?:fuses?|breakers?|electrics|electricity|circuit|rcd|power)\b
    (?:tripping|popped) (?:\w+ ){0,3}(?:fuses?|breakers?|electrics|electricity|circuit|rcd|power)\b
    (?:fuse|breaker)s? (?:\w+ )?(?:blew|blown|blows|tripped|trips|went)
    (?:smell(?:s|ed|ing)?) (?:\w+ ){0,3}(?:burn(?:ing|t|ed)?|burning plastic|melting|smoke|smoky|hot plastic|electrical|singed|gas)\b
    (?:stinks?) (?:\w+ ){0,3}(?:burn(?:ing|t|ed)?|burning plastic|melting|smoke|smoky|hot plastic|electrical|singed|gas)\b
    (?:stench) (?:\w+ ){0,3}(?:burn(?:ing|t|ed)?|burning plastic|melting|smoke|smoky|hot plastic|electrical|singed|gas)\b
    (?:stank) (?:\w+ ){0,3}(?:burn(?:ing|t|ed)?|burning plastic|melting|smoke|smoky|hot plastic|electrical|singed|gas)\b
    (?:odou?r) (?:\w+ ){0,3}(?:burn(?:ing|t|ed)?|burning plastic|melting|smoke|smoky|hot plastic|electrical|singed|gas)\b
    (?:whiff) (?:\w+ ){0,3}(?:burn(?:ing|t|ed)?|burning plastic|melting|smoke|smoky|hot plastic|electrical|singed|gas)\b
    (?:burn(?:ing|t)|electrical|plasticky?|melting|singed|chemical) (?:\w+ )?(?:smell|odou?r|stench|stink)
    burning (?:plastic|rubber|wires?|electronics)\b
    smell of burning
    overheat(?:s|ed|ing)?\b
    (?:too) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:so) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:dangerously) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:scorching) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:extremely) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:very) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:burning) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:boiling) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:red) hot (?:to (?:touch|hold)|that (?:it|i|the|you)|i (?:can'?t|couldn'?t|had)|at the (?:plug|base|handle)|on the outside)
    (?:plug) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:socket) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:cable) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:cord) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:charger) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:adapter) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:battery) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:handle) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:lead) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:flex) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    (?:casing) (?:\w+ ){0,3}(?:gets|got|is|was|becomes|became|goes|getting|runs) (?:\w+ )?(?:hot|warm|brown|black|burn(?:t|ing)|boiling)\b
    batter(?:y|ies) .{0,25}(?:swell|swoll|hiss|leak|bulg|expand|puff)
    (?:swollen|bulging|leaking|expanded) batter
    exposed (?:\w+ )?(?:wire|wiring|cable|copper)
    gas (?:leak|smell)
    hissing\b
    toxic (?:fumes|smoke)
    fumes\b
    incendi(?:[oó]|ado|aba|arse|ada|e|o|ou)\b
    en llamas\b
    (?:prendi[oó]|cogi[oó]|agarr[oó]) fuego
    (?:explot[oóa]|explosi[oó]n|revent[oó]|estall[oó])
    ech(?:a|aba|ando|[oó]) (?:humo|chispas)
    (?:sale|sal[ií]a|sali[oó]|saca|salieron|salen|soltaba|suelta|solt[oó]) (?:\w+ )?(?:humo|chispas)
    (?:chispazo|chispas|chisporrot|cortocircuito)
    (?:huele|ol[ií]a|olor) (?:\w+ )?a (?:\w+ )?(?:quemad|gas|pl[aá]stico quem|humo)
    olor a quemad
    (?:se (?:ha |est[aá] )?)?(?:derriti[oó]|derretid[oa]|fundid[oa]|chamuscad|sobrecalient|recalient|recalentad|quem[oó] (?:el|la) (?:enchufe|cable|cargador))
    (?:salt(?:a|aron|[oó]) (?:los plomos|el diferencial|la luz|el autom[aá]tico|la t[eé]rmica))
    fuga de gas
    explo(?:diert|sion)
    (?:feuer|brand) gefangen
    (?:feuer|brand)(?:gefahr|wehr)
    (?:es |hat |hatten )?(?:gebrannt|gequalmt|geraucht|gefunkt)\b
    in (?:flammen|brand)
    brennt (?:ab|fast|das|die|der|durch)\b
    kabelbrand
    verschmort|angeschmort|geschmort|schmor(?:t|te)\b
    (?:ge)?schmolzen|angesengt
    (?:rauch|qualm|funken)(?:t|te|ten|en)?\b(?! verboten)
    funkenflug
    kurzschlu(?:ss|ß)
    (?:sicherung|fi-?schalter)\w* .{0,25}(?:raus|flog|fliegt|geflogen|durchgebrannt|ausgel[oö]st)
    sicherung (?:raus|fliegt|flog)
    (?:riecht|roch|stinkt|stank|gestank) (?:\w+ ){0,3}(?:verbrannt|angebrannt|verschmort|versengt|gas|rauch|brand)
    (?:geruch) (?:\w+ ){0,3}(?:verbrannt|angebrannt|verschmort|versengt|gas|rauch|brand)
    (?:verbrannter|verschmorter|brand)geruch|brandig
    gasgeruch
    [uü]berhitz
    (?:stecker|kabel|akku|steckdose|netzteil|griff) (?:\w+ ){0,3}(?:hei(?:ss|ß)|braun|schwarz)
    (?:lauter?|ein) knall
    geknallt
    aufgebl[aä]ht
    akku .{0,20}aufgebl
    (?:pris|prend|prit|a pris) feu\b
    en feu\b
    incendie
    (?:a|ont|est|qui|vient d'|d'|avoir) ?explos(?:[eé]|er)
    explosion
    (?:de la|plein de|beaucoup de|une) fum[eé]e
    fum(?:e|ait) (?:quand|d[eè]s|beaucoup)
    [eé]tincelle
    court[- ]circuit
    (?:plombs|disjoncteur|fusible)s? (?:\w+ ){0,2}(?:saut|disjonct|grill)
    (?:saut[eé]|disjonct[eé]|fait sauter) (?:les plombs|le disjoncteur)
    (?:odeur|sent|sentait|pue) (?:\w+ ){0,2}(?:br[uû]l|cram|roussi|gaz)
    (?:fondu|fond|fondue|cram[eé]e?)\b
    surchauff
    fuite de gaz
    (?:prise|c[aâ]ble|batterie|chargeur|poign[eé]e) (?:\w+ ){0,3}(?:br[uû]lant|noirci|gonfl)
    (?:ha|ha quasi|hanno) preso fuoco
    prende(?:re|va|)? fuoco
    (?:in|a) fiamme\b
    incendio
    (?:[eè]|sono) (?:espl|scoppiat)
    esplos
    scintill
    (?:fa|faceva|usciva|esce|fumo) (?:del )?fumo
    (?:puzza|odore|odor) (?:\w+ )?di (?:bruciato|plastica|gas|fumo)
    (?:si [eè]|sono|[eè]) (?:\w+ )?(?:fus[oai]|sciolt|squagliat|surriscaldat|bruciat[oa] (?:la|il|presa|spina))
    surriscald
    corto ?circuito
    (?:saltat|scattat)[oaie]? (?:la corrente|il salvavita|la luce|il contatore)
    fuga di gas
    (?:pegou|pegar|apanhou) fogo
    em chamas
    inc[eê]ndio
    (?:explodiu|explos[aã]o|estourou|rebentou)
    fa[ií]sca
    (?:saiu|saindo|sai|soltou|soltando|deitou|a deitar) (?:\w+ )?(?:fuma[cç]a|fumo|fa[ií]sca)
    (?:cheiro|cheira|cheirou|cheirava) (?:\w+ )?(?:a|de) (?:queimado|g[aá]s|pl[aá]stico|fumo)
    (?:derreteu|derretid[oa]|superaquec|sobreaquec|queimou a tomada)
    curto[- ]circuito
    (?:disjuntor|quadro) (?:\w+ )?(?:caiu|disparou|desarmou|foi abaixo)
    vazamento de g[aá]s
    """,
    r"""
    起火|着火|著火|冒烟|冒煙|冒火|火花|爆炸|(?<!太)炸了|炸开|炸裂|爆了|短路|跳闸|跳閘|保险丝|烧焦|烧糊|焦味|焦糊|糊味|烧坏|烧黑|融化|熔化|熔了|发烫|過熱|过热|烧了起来
    鼓包|煤气泄漏|燃气泄漏|漏气|烫手 发黑 变黑 烧起来|焦了
    発火|出火|火事|火が(?:出|つ)|火花|煙が|けむり|爆発|破裂|ショートし|漏電|ブレーカー|ヒューズ|焦げ|こげ|溶け|熔け|異臭|異常(?:な|に)?(?:発熱|熱)|過熱|発煙
    熱くなりすぎ コード(?:が|も)(?:熱|溶) (?:異常|すごく|かなり|触れないほど)(?:に)?熱 熱くなって怖|熱くて(?:持て|触れ)|膨張|膨らん|ガス漏れ|バチッ|ボンッ
    """,
)

BREAKAGE = one_of(
    r"""
    glass in (?:my|the|her|his|our)\b
    (?:piece|shard|splinter|bit|fragment|sliver|chunk)s? of (?:glass|metal|plastic|wire)
    (?:glass|metal|plastic) (?:shard|splinter|fragment)
    shards?\b
    (?:glass|jug|carafe|door|lid|bowl|dish|jar|screen|pan) (?:\w+ ){0,2}(?:shattered|exploded|burst|imploded)
    (?:blender|table) (?:\w+ ){0,2}(?:shattered|exploded|burst|imploded)
    shatter(?:ed|s|ing)? (?:in|all over|while|when|as|on|into|everywhere|next|near)
    (?:boiling) (?:water|oil|liquid|coffee|tea|soup|steam) .{0,50}(?:everywhere|all over|spill|pour|spray|spurt|leak|splash|over (?:my|me|the)|on my|down my|onto)
    (?:scalding) (?:water|oil|liquid|coffee|tea|soup|steam) .{0,50}(?:everywhere|all over|spill|pour|spray|spurt|leak|splash|over (?:my|me|the)|on my|down my|onto)
    (?:hot) (?:water|oil|liquid|coffee|tea|soup|steam) .{0,50}(?:everywhere|all over|spill|pour|spray|spurt|leak|splash|over (?:my|me|the)|on my|down my|onto)
    (?:steaming) (?:water|oil|liquid|coffee|tea|soup|steam) .{0,50}(?:everywhere|all over|spill|pour|spray|spurt|leak|splash|over (?:my|me|the)|on my|down my|onto)
    (?:spill|spray|spurt|spat|spit)\w* .{0,30}(?:boiling|scalding|hot) (?:water|oil|liquid|coffee|tea|soup|steam)
    (?:splash|pour|leak|gush)\w* .{0,30}(?:boiling|scalding|hot) (?:water|oil|liquid|coffee|tea|soup|steam)
    (?:handle) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:lid) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:knob) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:spout) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:blade) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:wheel) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:strap) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:leg) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:base) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:door) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:seat) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:pedal) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:latch) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:rung) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|collapsed|gave way|off)\b.{0,60}(?:hot|boiling|full|hand|using|pour|riding|while|child|baby|head|speed|inside)
    (?:hot).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:boiling).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:full).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:hand).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:using).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:pour(?:ing|ed)).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:riding).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:while).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:driving).{0,50}(?:handle|lid|knob|spout|blade|wheel|strap|pedal|door|seat|hinge) (?:\w+ ){0,3}(?:broke|snapped|came|fell|flew|sheared|popped|detached|tore|gave way)
    (?:wheel|brake|pedal|axle|fork|handlebars?) (?:\w+ ){0,2}(?:came off|fell off|snapped|broke off|detached|failed)
    (?:tyre|tire) (?:\w+ ){0,2}(?:came off|fell off|snapped|broke off|detached|failed)
    (?:rueda|roue|ruota|roda|rad) (?:\w+ ){0,4}(?:sali[oó]|solt[oó]|d[eé]tach|staccat|soltou|abgebrochen|abgefallen)
    (?:chair|bed|cot|ladder) (?:\w+ ){0,3}(?:collapsed|gave way|snapped in two|broke under|tipped over|fell on)
    (?:shelf|stool|swing|crib) (?:\w+ ){0,3}(?:collapsed|gave way|snapped in two|broke under|tipped over|fell on)
    (?:bunk|stroller|pram|bike) (?:\w+ ){0,3}(?:collapsed|gave way|snapped in two|broke under|tipped over|fell on)
    (?:scooter|frame|highchair) (?:\w+ ){0,3}(?:collapsed|gave way|snapped in two|broke under|tipped over|fell on)
    fell on (?:my|his|her|our|their|me|him|the)\b (?:head|son|daughter|baby|child|foot|toddler|kid)
    (?:agua|aceite) (?:hirviendo|hirvien)
    (?:trozos?|astillas?|fragmentos?|pedazos?) de (?:vidrio|cristal|metal|pl[aá]stico)
    (?:cristal|vidrio|jarra|tapa|puerta) (?:\w+ ){0,2}(?:estall|explot|hizo a[nñ]icos|revent)
    (?:asa|mango|tapa) (?:\w+ ){0,3}(?:rompi[oó]|solt[oó]|parti[oó]|cay[oó]).{0,50}(?:caliente|hirv|quem|lleno|mano)
    glas(?:scherben|splitter)
    (?:metall|plastik|kunststoff)(?:splitter|teile|st[uü]ck)
    scherben
    (?:kochend|hei(?:ss|ß))(?:es|em|en)? (?:wasser|[oö]l|kaffee|tee|dampf)
    (?:griff|henkel|deckel) (?:\w+ ){0,3}(?:abgebrochen|abgerissen|abgefallen|gebrochen|l[oö]ste|brach|riss)
    zersprungen|zerplatzt|geplatzt
    (?:eau|huile) bouillante
    (?:morceaux?|[eé]clats?|bouts?|d[eé]bris) de (?:verre|m[eé]tal|plastique)
    (?:verre|carafe|couvercle|porte|vitre) (?:\w+ ){0,2}(?:[eé]clat|explos|bris)
    (?:poign[eé]e|anse|couvercle) (?:\w+ ){0,4}(?:cass|l[aâ]ch|d[eé]tach|tomb).{0,50}(?:chaud|bouill|main|plein)
    (?:acqua|olio) bollente
    (?:pezz[io]|schegg[ei]|frammenti) di (?:vetro|metallo|plastica)
    (?:manico|coperchio) (?:\w+ ){0,3}(?:rotto|staccato|caduto)
    (?:[aá]gua|[oó]leo) (?:fervendo|a ferver|quente|fervente)
    (?:peda[cç]os?|cacos?|estilha[cç]os?|lascas?) de (?:vidro|metal|pl[aá]stico)
    (?:al[cç]a|cabo|pega|tampa) (?:\w+ ){0,3}(?:quebrou|partiu|soltou|caiu).{0,50}(?:quente|ferv|m[aã]o)
    """,
    r"""
    玻璃(?:渣|碎片|碎) 碎玻璃 金属(?:片|屑|碎) 塑料碎片 (?:开水|热水|沸水|热油).{0,12}(?:洒|溅|喷|漏|烫|泼)
    (?:把手|手柄|盖子|壶盖).{0,10}(?:断|掉|脱落|裂|飞) 炸裂 (?:轮子|车轮|椅子|梯子|床).{0,4}(?:掉了|断了|塌)
    玻璃.{0,6}(?:炸|爆)
    ガラス(?:片|の破片|が割れ)|破片|金属片|(?:熱湯|お湯|沸騰).{0,14}(?:こぼれ|かか|噴|飛び|漏れ)|(?:取っ手|持ち手|ハンドル|フタ|蓋|ふた).{0,10}(?:折れ|取れ|外れ|飛|壊れ)
    """,
)
