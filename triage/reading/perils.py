"""TRIAGE, reading: words for accidents, for people who menace or grope, and for what strangers got to see.

Tables only; `danger.py` reads them, beside `hurt.py`, `hazards.py` and `alarms.py`. English, Spanish, German, French,
Italian, Portuguese, Dutch, Chinese, Japanese.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

from triage.reading.lexicon import near, one_of

# One alternative a line, each from the start of a word; Chinese and Japanese apart, separated by spaces.
ACCIDENT = one_of(
    r"""
    (?:cracked|broken|broke|fractured|dislocated) (?:\w+ )?(?:ribs?|skull|jaw|pelvis|hip|spine|elbow|shoulder|knee|ankle|kneecap|foot|shin|cheekbone)\b
    (?:hip|skull|jaw|pelvis|spine|elbow|shoulder|shin|collarbone|ribs?) (?:is |was |got )?(?:fractured|broken|dislocated|cracked|opened|split)\b
    (?:wrist|arm|leg|foot|ankle) in (?:plaster|a cast|a sling)\b
    (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) stitches\b
    (?:crushed|pinned|dragged|trapped|clipped|knocked down|run down|mown down) (?:\w+ )?(?:underneath|under|beneath|between|against|along|by (?:a|the|your) (?:van|bus|car|tram|train|truck|lorry|door|gate|lift|\w+ (?:van|bus|car|truck)))\b
    (?:doors?|gate|shutter|barrier) (?:\w+ ){0,2}(?:shut|closed|slammed|came down) on (?:my|his|her|our|a) (?:\w+ )?(?:hand|arm|head|leg|foot|mum|mother|son|daughter|child|fingers?|wheelchair|pram|back|shoulder)
    (?:door|hatch|boot|bonnet|window) (?:\w+ )?(?:flew|swung|came|popped|fell) (?:open|off|out) (?:\w+ ){0,3}(?:on|at|while|mid|round|speed|motorway|highway|moving|driving)
    slamm(?:ed|ing) (?:on )?(?:the )?brakes
    (?:wheel|brakes?|steering|tyre|axle|throttle|accelerator|handlebars?|seat ?belt|pedal) (?:\w+ ){0,3}(?:folded|failed|fail|gave (?:out|way)|locked|came (?:off|loose)|snapped|burst|jammed|stopped working|went (?:soft|to the floor)|didn'?t work|sheared|seized)\b
    no brakes\b
    lost (?:all )?(?:brakes|braking|steering)\b
    (?:lift|elevator|escalator|ski ?lift|cable car|chair ?lift|gondola|stair ?lift|roller ?coaster|ferris wheel) (?:\w+ ){0,4}(?:stuck|dropped|drops|fell|plunged|plummeted|falling|jolted|lurched|reversed|collapsed|stopped (?:dead|between|mid|suddenly)|jerked|trapped|swinging|free)\b
    (?:stuck|trapped|stranded|locked) (?:\w+ ){0,4}(?:in|on|inside|between) (?:\w+ ){0,3}(?:lift|elevator|escalator|cable car|gondola|floors|chair ?lift|freezer|sauna)\b
    derail(?:ed|ment)\b
    (?:coach|bus|tram|ferry|boat|train|van|car|lorry|truck|taxi) (?:\w+ )?(?:overturned|capsized|flipped over|sank|rolled over)\b
    (?:at least|around|over) (?:\d+|two|three|four|five|six|ten|twenty) (?:\w+ )?(?:hurt|injured|ill|wounded|sick)\b
    hypothermia\b
    (?:people|guests|customers|children|all of us|half (?:the|my|our) \w+|whole (?:family|table|class|office)) (?:\w+ ){0,3}(?:sick|ill|vomiting|poisoned|unwell)\b(?! of)
    gave way (?:\w+ ){0,2}(?:with|w|under|beneath|while|when|as) (?:\w+ ){0,2}(?:me|him|her|us|them|on|my)\b
    (?:balcony|ceiling|roof|scaffold\w*|stage|platform|railing|banister|handrail|ramp|wardrobe|cabinet|bookcase|trampoline|bouncy castle|marquee|climbing frame|bleachers|stairs) (?:\w+ ){0,3}(?:collaps(?:ed|ing)|caved in|came down|gave way|fell (?:on|onto|off|in|down)|toppled|tipped|dropped|blew (?:away|over))\b
    caught light\b
    went up like a (?:torch|match|bonfire)\b
    fire (?:engines|crews?|trucks)\b
    (?:itself|machine|display|literally|it) (?:says|said|is|was) fire\b
    (?:smell(?:s|ed|ing|t)?|reek(?:s|ed|ing)?|stink(?:s|ing)?|stank) (?:\w+ ){0,3}gas\b
    gas (?:\w+ )?(?:leak\w*|smell\w*|escap(?:e|ed|ing)|poisoning|explosion)\b
    (?:leak(?:s|ed|ing)?) (?:of )?gas\b
    co (?:alarm|detector|poisoning|leak)\b
    monoxide\b
    chok(?:ed|ing|es) (?:on|to) (?:a|one|it|death|this|small|another|his|her)\b
    (?:swallow(?:ed|s|ing)?) (?:\w+ ){0,4}(?:magnets?|batter(?:y|ies)|beads?|screws?|wheel|coin|balls)\b
    button (?:cell|batter)(?:y|ies|s)?\b
    magnet(?:s|ic balls?)? (?:\w+ ){0,3}(?:came|fell|falls?|popp\w+|loose|swallow\w*|out)\b
    (?:eyes?|beads?|nose|squeaker|bell|battery (?:cover|lid|compartment|door)|small (?:part|piece|bit))s? (?:\w+ ){0,2}(?:came|comes?|pulls?|pulled|popped|pops|fell|falls|snapped|breaks|broke) (?:\w+ )?(?:off|out|loose|open)\b
    (?:cord|string|strap|ribbon|rope|cable|blind|harness|hood)s? [^.!?]{0,40}(?:around|round) (?:\w+ ){0,3}(?:neck|throat)\b
    strangl(?:ed|ation|ing)\b(?= (?:him|her|my|a|risk|hazard|by|on|itself|herself|himself)|[.!,]|$)
    (?:sharp|jagged) (?:\w+ )?(?:edge|point|metal|wire|end|spike|plastic)s?\b
    (?:nail|pin|needle|wire|spring|staple|spike|screw|blade)s? (?:\w+ ){0,2}(?:sticking|poking|pokes|sticks|came|poked) (?:\w+ )?(?:out|through)\b
    (?:went|turned|turning|going) blue\b(?! (?:tick|check|moon))
    (?:stopped|struggl\w+|trouble|difficulty|not|couldn'?t|difficult) (?:\w+ )?breath(?:ing|e)\b
    (?:cpr|heimlich|defibrillator)\b
    epi-?pens?\b
    anaphyl
    (?:throat|tongue|lips?|face) (?:\w+ ){0,3}(?:clos(?:ed|ing)|swell(?:ed|ing|s)?|swoll?en|swole|ballooned)\b
    (?:allergic|allergy|allergies|coeliac|celiac)\b.{0,80}(?:hospital|reaction|served|gave (?:me|him|her|us|my)|contained|ambulance|swear|swore|assured|promised|collaps|ended up|anyway)\b
    (?:served|gave (?:me|him|her|us|my)|contained|swore|assured|ambulance|told (?:them|you|the (?:waiter|staff|waitress|server))).{0,60}(?:allerg\w+|(?:nut|dairy|gluten|milk|egg|peanut|sesame|lactose)[- ]free)\b
    (?:nut|dairy|gluten|milk|egg|peanut|sesame|lactose|shellfish)[- ]free\b.{0,80}(?:contain|reaction|hospital|swell|swoll|wasn'?t|full of|traces|turned out|in bed|for days|ill\b|sick)
    (?:nuts?|peanuts?|sesame|milk|eggs?|soya?|shellfish|gluten|cashews?|hazelnuts?|almonds?|mustard|prawns?|wheat|walnuts?|pistachios?|allergens?) (?:\w+ ){0,5}(?:not|never|isn'?t|aren'?t|wasn'?t|weren'?t|nowhere|missing|without) (?:\w+ ){0,4}(?:label\w*|list|listed|packet|pack|packaging|menu|ingredients|mentioned|declared|warning|wrapper|box)\b
    (?:label|packet|packaging|menu|ingredients?(?: list)?|wrapper|box) (?:\w+ ){0,4}(?:no mention|says nothing|said nothing|doesn'?t (?:say|mention|list)|didn'?t (?:say|mention|list)|not a word|nothing about) .{0,30}(?:nuts?|peanuts?|sesame|milk|eggs?|soya?|shellfish|gluten|almonds?|allerg\w+)\b
    undeclared\b
    cross[- ]contaminat
    (?:wrong|someone else'?s|another (?:patient|person|customer)'?s|double|ten times|twice|triple|expired) (?:the )?(?:\w+ )?(?:pills?|tablets?|medicines?|medications?|meds|doses?|dosage|strength|prescriptions?|insulin|inhaler|syrup|vaccine|blood type)\b
    (?:mix(?:ed)?|swapp(?:ed)?)[- ]?(?:up)? .{0,40}(?:prescriptions?|medic(?:ines?|ation)|tablets|doses?|patients?)\b
    (?:pharmac(?:y|ist)|chemist|dispens\w+) .{0,60}(?:wrong|mistake|error|mix|overdos|double|someone else|not mine)
    withh(?:old|eld|olding) (?:\w+ ){0,3}(?:pain relief|medic\w+|food|insulin)\b
    (?:holds?|held|holding) (?:\w+ ){0,5}under ?water\b
    casi (?:nos|me|lo|la|le|se) (?:mata|muere|ahoga|asfixia|electrocuta|atropella|quema|matan)
    se (?:me )?(?:ahog|asfixi|desmay)
    atropell
    (?:frenos?|direcci[oó]n) (?:\w+ ){0,3}(?:fall|no (?:funcion|respond))
    (?:sin frenos|fall(?:[oó]|aron) (?:el freno|los frenos|la direcci[oó]n))
    (?:ascensor|elevador|montacargas|escaleras? mec[aá]nicas?|telef[eé]rico)\b[^.!?]{0,50}(?:cay[oó]|desplom|atrap|solt[oó]|encerrad|descolg|atasc)
    (?:atrapad|encerrad)[oa]s? (?:\w+ ){0,4}(?:ascensor|elevador|escalera)
    mon[oó]xido
    (?:fuga|escape|olor|huele|cheiro|cheira|vazamento) (?:\w+ )?(?:de|a) g[aá]s\b
    al[eé]rgenos?\b[^.!?]{0,60}(?:no |sin |falta|mal|error)
    (?:trazas de|sin declarar|no (?:pon[ií]a|declara\w*|indica\w*|avis\w+))\b[^.!?]{0,40}(?:al[eé]rg|cacahuete|frutos secos|leche|gluten|huevo|man[ií]\b|nuez|nueces)
    (?:cel[ií]ac[oa]s?)\b[^!?]{0,70}(?:enferm|urgenc|v[oó]mit|ingres|llevaba|hospital|passou mal|ospedale)
    anafil
    (?:cara|garganta|labios|lengua|boca|rosto|l[aá]bios|l[ií]ngua|olhos) (?:\w+ )?(?:hinch|inch)
    hinch(?:[oó]|aron|ad[oa]) (?:\w+ )?(?:la |los )?(?:cara|garganta|labios|lengua)
    (?:pila|pilha|bateria|pile|pila a) (?:de |tipo )?(?:bot[oó]n|bot[aã]o|bouton|bottone)
    (?:im[aá]n(?:es)?|[ií]m[aã]s?|calamit[ae]|aimants?|magnetes?|magnete[nr]?)\b[^.!?]{0,40}(?:trag|engol|ingoi|aval|verschluck|suelt|solt|stacc|d[eé]tach|gel[oö]s)
    (?:mano|pierna|cara|brazo|piel) quemad
    prendi[oó] (?:la alfombra|las cortinas|el sof[aá]|la cocina|la casa|la cama|el colch[oó]n)
    (?:derrumb|desplom)(?:[oó]|aron|e)\b
    (?:medicamento|medicaci[oó]n|dosis|receta|pastillas|rem[eé]dio|dose|receita|comprimidos?)s? (?:\w+ ){0,3}(?:equivocad|de otr|err[oó]ne|errad|trocad|caducad|vencid)
    (?:lebensmittel|rauch|gas)\w*vergift
    h[aä]tten? (?:\w+ ){0,5}(?:sterben k|tot sein|umbringen|t[oö]ten)
    (?:aufzug|fahrstuhl|lift|rolltreppe|seilbahn|sessellift)\b[^.!?]{0,60}(?:stecken|steckt|fest\b|abgest[uü]rzt|abgesackt|sackte|gefangen|eingeschlossen|fiel|st[uü]rzte|eingeklemmt|eingesperrt)
    (?:steck\w*|eingesperrt|eingeschlossen|gefangen) (?:\w+ ){0,5}(?:im|in einem) (?:aufzug|fahrstuhl|lift)
    bremsen?\b[^.!?]{0,30}(?:versag|ausgefallen|funktionier\w+ nicht|blockier|ins leere)
    bremsversagen
    (?:kohlenmonoxid|koolmonoxide|co-?(?:melder|warner|vergift)|gas(?:leck|austritt|alarm|lucht|lek)\b)
    (?:riecht|roch|stinkt|stank|ruikt|rook|stonk) (?:\w+ )?(?:nach|naar) gas
    (?:allergiker\w*|allergisch)\b[^!?]{0,70}(?:schock|reakti|krankenhaus|notarzt|geschwollen|serviert|deklariert|ziekenhuis)
    nicht (?:deklariert|gekennzeichnet|angegeben)\b[^.!?]{0,40}(?:nuss|n[uü]sse|milch|allerg|gluten|soja|sesam)
    (?:nuss|n[uü]sse|erdn[uü]ss\w*|erdnuss\w*|milch|gluten|soja|sesam)\b[^.!?]{0,40}nicht (?:deklariert|gekennzeichnet|angegeben|auf dem etikett)
    (?:zugeschwollen|angeschwollen|luftnot|atemnot|keine luft mehr|erstickt|verschluckt|knopfzelle|stranguli)
    (?:einst[uü]rz|eingest[uü]rzt|ohnm[aä]chtig|bewusstlos|[uü]berdosi)
    (?:rippen?|h[uü]fte|schulter|kn[oö]chel|nase|schl[uü]sselbein) (?:\w+ )?gebrochen
    falsche[snrm]? (?:medikament|tablette|dosis|dosierung|arznei|insulin)
    (?:medikament\w*|tabletten|rezepte?) (?:\w+ ){0,3}(?:verwechselt|vertauscht)
    (?:aurait pu|a failli|failli|aurions pu) (?:\w+ ){0,2}(?:tuer|mourir|y rester)
    intoxiqu
    monoxyde
    (?:ascenseur|escalator|t[eé]l[eé]ph[eé]rique|t[eé]l[eé]si[eè]ge)\b[^.!?]{0,50}(?:coinc|chut|tomb[eé]|d[eé]croch|bloqu[eé]e?s\b|enferm)
    (?:coinc|bloqu|enferm)[eé]e?s? (?:\w+ ){0,4}(?:dans|sur) (?:l'|un |une )?(?:ascenseur|escalator|t[eé]l[eé])
    freins?\b[^.!?]{0,30}(?:l[aâ]ch[eé]|ne r[eé]pond|ne fonctionn|d[eé]faill)
    plus de freins
    (?:allerg[eè]nes?|traces? (?:d'arachide|de (?:noix|lait|fruits|gluten|noisette)))\b[^.!?]{0,60}(?:pas|non|aucun|oubli|sans|erreur)
    (?:non|pas) (?:d[eé]clar|mentionn|indiqu|signal)[eé]e?s?\b[^.!?]{0,40}(?:allerg|noix|lait|arachide|[eé]tiquette|gluten)
    (?:visage|gorge|l[eè]vres|langue) (?:\w+ ){0,3}gonfl
    (?:n'arriv\w+|du mal|pouvait|pouvais) (?:\w+ )?(?:pas |plus |[aà] )?respirer
    (?:perd(?:e|u|re)? connaissance|h[eé]morragie|inconscient|d[eé]raill[eé]|effondr[eé]e?|[eé]croul[eé]e?|sous oxyg[eè]ne)
    (?:mauvais|erreur de|double) (?:m[eé]dicament|dose|dosage|ordonnance|traitement)
    (?:ascensore|scala mobile|funivia|seggiovia)\b[^.!?]{0,50}(?:bloccat|cadut|precipit|intrappol|croll)
    (?:bloccat|intrappolat|chius)[oaie] (?:\w+ ){0,3}(?:in|nell')? ?(?:ascensore|funivia|seggiovia)
    freni\b[^.!?]{0,30}(?:rott|non (?:funzion|rispond)|ced|mollat)
    senza freni\b
    monossido
    (?:non|senza) (?:dichiarat|indicat|segnalat|scritt)\w*\b[^.!?]{0,40}(?:allerg|nocciol|latte|glutine|arachid|uov|noci|etichetta)
    (?:labbra|viso|gola|lingua|faccia) (?:\w+ )?gonfi
    (?:soffocat|soffocand|soffocav|strangol|svenut|crollat[oaie]|frattur)
    (?:farmac[oi]|medicin[ae]|dose|ricetta|compress[ae]) (?:\w+ ){0,3}(?:sbagliat|scambiat|errat)
    (?:rischiat[oa]? (?:di mor|la vita|di soffoc)|poteva (?:\w+ )?(?:morire|ucci|ammazz)|investit[oa] da)
    (?:elevador|escada rolante)\b[^.!?]{0,50}(?:caiu|despenc|pres[oa]s?\b|parou entre|soltou)
    pres[oa]s? (?:\w+ ){0,2}(?:no|num|em um|dentro do) elevador
    (?:freios?|trav[oõ]es|trav[aã]o)\b[^.!?]{0,30}(?:falh|n[aã]o (?:funcion|respond))
    (?:sem freios?|engasgou|engasgad|sufocou|sufocad|estrangul|desmai(?:ou|ei|ad)|desab(?:ou|amento)|desmoron|atropel)
    quase (?:\w+ )?(?:morr|matou|sufoc|engasg|afog)
    al[eé]rg[eé]nicos?\b[^.!?]{0,60}(?:n[aã]o|sem|falt|errad)
    (?:brandgevaar|brandweer|brandlucht|brandwond|schroeilucht|kortsluiting|ontplof|doorgebrand|gesmolten|oververhit|vonken)
    (?:vloog|vliegt|stond|staat) (?:\w+ ){0,4}in brand\b
    (?:vlam gevat|vlammen\b|er kwam rook|rook uit|verbrand(?:e|de)?\b)
    (?:ziekenhuis|spoedeisende|huisartsenpost|gewond|verwond|hechtingen|gehecht|bewusteloos|buiten bewustzijn|flauwgevallen)
    (?:naar|op) de (?:spoed|seh|eerste hulp)\b
    (?:bloedt|bloedde|bloedend|bloeding|stroomschok|onder stroom|gestikt|stikte|verslikt|ingeslikt|doorgeslikt|knoopcel)
    (?:kreeg|krijg|gekregen|kregen) (?:\w+ ){0,3}schok\b
    (?:arm|been|pols|heup|rib|enkel|neus|sleutelbeen) (?:\w+ )?gebroken
    gebroken (?:arm|been|pols|heup|rib\w*|neus|enkel|sleutelbeen)
    (?:gevaarlijk|levensgevaar|onveilig|niet veilig|teruggeroepen|terugroep)
    (?:allergisch\w* (?:reactie|shock)|opgezwollen|anafyla|niet op het etiket|voedselvergift|vergiftig|doodziek|kotsen|overgegeven|glasscherv|giftig)
    (?:stuk(?:je|jes|ken)?) (?:glas|metaal|plastic) in\b
    (?:schimmel|glas|maden|kakkerlak\w*) in (?:mijn|de|het|m'n)\b
    lift\b[^.!?]{0,40}(?:vast\b|naar beneden|viel|opgesloten|vastgezeten)
    (?:vast|opgesloten|vastgezeten) (?:\w+ ){0,3}in (?:de|een) lift
    remmen\b[^.!?]{0,30}(?:weiger|deden|kapot|faal|vielen)
    (?:ingestort|aangereden|overreden|ontspoord|bezweken|naar beneden gevallen)
    (?:verkeerde|dubbele) (?:medicijn\w*|pillen|dosis|medicatie|tabletten)
    """,
    r"""
    差点(?:出人命|没命|死|窒息|呛|噎|触电) 出人命 (?:电梯|電梯|扶梯|缆车|升降机).{0,14}(?:困|坠|墜|下坠|夹|失控|骤停|逆行) 被困 煤气味 燃气味 瓦斯味 一氧化碳
    (?:磁铁|磁珠|纽扣电池|小零件).{0,12}(?:吞|掉|脱落) 误吞 勒住 缠住脖 卡(?:住)?喉 噎(?:住|到) 呛到 没(?:有)?标(?:注|明|示)?.{0,8}(?:花生|坚果|牛奶|过敏原) 休克 (?:喉咙|嘴唇|脸|舌头).{0,3}肿 呼吸困难 喘不(?:上|过)气
    (?:刹车|煞车|制动).{0,6}(?:失灵|失效|没反应|踩不|坏) 爆胎 方向盘.{0,6}(?:锁死|失灵) 坍塌 倒塌 塌了 砸(?:到|中|伤) (?:发|拿|配|开|给)错(?:了)?药 药.{0,4}(?:发|拿|配|开)错 剂量.{0,4}错 灼伤
    ガス(?:の)?(?:匂い|臭い|におい|臭) 一酸化炭素 命に関わ 命(?:が|の)危 死ぬ(?:かと|ところ) 死にかけ (?:エレベーター|エスカレーター|リフト|ゴンドラ|ロープウェイ).{0,20}(?:落ち|落下|急降下|閉じ込|挟|逆走|急停止) 挟まれ 誤飲 飲み込
    (?:磁石|ボタン電池).{0,12}(?:取れ|外れ|飲) 首に(?:巻|絡|締) 喉(?:に|が)(?:詰|腫|つま) (?:唇|顔|まぶた|舌)が腫 アナフィラキシー エピペン 息(?:が)?(?:でき|苦し) (?:卵|乳|小麦|ナッツ|落花生|そば|えび|アレルゲン).{0,14}(?:表示|記載)(?:が|に|も|は)?(?:な|漏れ)
    ブレーキ.{0,8}(?:効か|利か|壊|故障|きか) タイヤ.{0,6}(?:外れ|バースト) ハンドル.{0,8}(?:ロック|効か) 車輪.{0,6}外れ 崩(?:れ落|落) 倒壊 天井.{0,8}落 転落 落下(?:し|して) 薬.{0,8}(?:間違|取り違) 気(?:を失|絶) 殺され
    """,
)

_PEOPLE_AT_WORK = r"""
    (?:driver|courier|guard|bouncer|manager|employee|worker|technician|engineer|instructor|coach|waiter|masseur|masseuse|therapist|nurse|carer|supervisor|conductor|inspector|receptionist|landlord|agents?|steward|security|installer|plumber|electrician|tutor|trainer|realtor|collectors?|handyman|cashier|steward|attendant|mover|cleaner|doctor|teacher|host|staff|delivery (?:guy|man|boy|person)|lad on the tills)\b
    """
_MENACE_AT_WORK = near(
    _PEOPLE_AT_WORK,
    r"""
    grop(?:e|ed|es|ing)\b
    grabb(?:ed|ing) (?:me|my|her|him|his|our|a)\b
    touch(?:ed|es|ing)? (?:me|my (?!heart|soul)|her|him|his|himself)\b
    inappropriate(?:ly)?\b
    follow(?:ed|ing|s) (?:me|her|us|him|my (?:\w+ )?(?:home|daughter|wife|son|car))\b
    threat(?:en(?:s|ed|ing)?|s)?\b
    (?:punch|slapp|shov|strangl|chok|spat|kick|headbutt|tackl)(?:ed|ing)? (?:me|my|her|him|his|a|us|at|our)\b
    (?:put|his|her|their) hands? (?:\w+ )?(?:on|up|down|where|around|under) (?:my|me|her|no|him|our)\b
    (?:kiss(?:ed|ing)?) (?:me|her|my)\b
    (?:exposed himself|naked|nudes?|indecent|lewd|obscene|masturbat\w*)\b
    film(?:ed|ing) (?:me|her|us|my|up|it|girls|women)\b
    (?:text(?:ing|ed|s)?|messag(?:ed|es|ing)) (?:me|her|my daughter|the girls|girls)\b
    (?:saved|kept|used|got) my (?:phone )?number\b
    (?:knows?|knew) (?:where|my (?:car|address|kids))\b
    liv(?:e|ed) alone\b
    lock(?:ed|s) (?:the doors?|me|us|her|him)\b
    would(?:n'?t| not) let (?:me|us|her|him) (?:out|leave|go)\b
    let himself in(?:to)?\b
    (?:creep(?:y|ed)|stalk(?:s|ed|ing|er)?)\b
    sleep with (?:him|me|her)\b
    (?:drunk|asleep at the wheel|reek(?:ed|ing) of (?:drink|alcohol|booze))\b
    waits? for me\b
    (?:pulled|waved|drew) (?:a |out a )?(?:gun|knife|blade)\b
    """,
    70,
)
_MENACE_ANYWHERE = one_of(
    r"""
    grop(?:ed|ing) (?:me|my|her|by|a|girls|women|him)\b
    wo(?:n'?|')t stop (?:texting|messaging|calling|ringing|following) (?:me|my|her)\b
    (?:scared|terrified|afraid|frightened) to (?:order|go out|open (?:the|my) door|leave (?:the|my) (?:house|flat|room)|sleep at|be alone|walk home)\b
    (?:hidden|secret|spy) ?cam(?:era)?s?\b
    camera (?:\w+ ){0,2}in the (?:bathroom|toilets?|changing room|shower|bedroom)
    this is a threat\b
    threatened (?:me|us|my|her|him|our) (?:\w+ ){0,4}(?:with|family|son|daughter|mother|wife|life|over|at|if|kids)\b
    (?:blackmail(?:ed|ing)?|extort(?:ed|ing|ion)?|sextortion)\b
    (?:grabbed|hit|slapped|smacked|shook|yanked|dragged|shoved|pinned) (?:my|our) (?:\w+ )?(?:son|daughter|child|toddler|mother|mum|mom|wife|kid|boy|girl|grandson|granddaughter)\b
    grabbed (?:me|him|her) by (?:the|my) (?:neck|throat|hair|arm|wrist)\b
    (?:been |was )?outside my (?:house|flat|building|window|apartment) since\b
    amenaz(?:[oó]|aron|ado|ando|ar|a|an)(?:me|nos|le)?\b(?! con (?:lluvia|tormenta))
    (?:acos(?:o|ando|ador|aron|ada|[oó])\b|manose|agredi(?:[oó]|eron|do|da)\b|tocamient|extorsi|chantaj)
    sab(?:e|en|[ií]an?) d[oó]nde (?:vivo|vivimos|vive)
    hacer(?:nos|me|le|te)? da[nñ]o\b
    nos van a hacer da[nñ]o
    (?:bedroht|bedrohte|bedrohung|bedr[aä]ngt|begrapsch|betatsch|unsittlich|sexuell|gew[uü]rgt|handgreiflich|nachgestellt)
    droht(?:e|en)? (?:mir|uns|meine)
    (?:packte|schlug|schubste|stie(?:ss|ß)|trat|fasste) (?:mich|mir|meine[nm]?|uns|ihn|sie)\b
    (?:wei(?:ss|ß)|wisse|w[uü]sste),? wo (?:ich|wir) wohn
    angst (?:allein|daheim|um mein leben|nach hause|vor ihm)
    nicht mehr aufwachen\b
    (?:[eé]trangl[eé]|tripot|pelot[eé]|attouchement|harc[eè]l|agressions?\b|agresseur)
    (?:m'a|nous a|l'a|ont|a) (?:\w+ )?(?:menac[eé]|frapp[eé]|suivie?|gifl[eé]|plaqu[eé])(?:e|es|s)? ?(?:au|jusqu|devant|mon|ma|chez|avec|de|contre)\b
    sait o[uù] j'habite
    photos? de lui (?:tout )?nu\b
    (?:minacciat|minaccia(?:va|to|ndo)|molest(?:at|ie|ava)|palpat|palpeggi|aggredit|picchiat|schiaffeggi|pedinat|perseguitat)
    mi (?:ha|hanno) (?:seguit[oa]|toccat[oa]|spint[oa]|colpit[oa]|mess[oa] le mani)
    (?:passou a m[aã]o|apalp|ass[eé]di|assediou|amea[cç](?:ou|ad|ando|aram|a)|agredi(?:u|d|ram)|me seguiu|importuna[cç])
    sabe onde (?:eu )?moro
    (?:bedreig|aangerand|aanrand|betast|lastig ?gevallen|achtervolgd|mishandel|intimideer|in elkaar geslagen|wurgde)
    (?:sloeg|duwde|schopte|greep) (?:me|mij|mijn|m'n|een|hem|haar)\b
    """,
    """
    威胁 威脅 勒索 恐吓 恐嚇 尾随 尾隨 猥亵 猥褻 摸我 性骚扰 偷拍 殴打 毆打 打(?:了)?我 推倒 备用钥匙 備用鑰匙 撑不下去 撐不下去 活不下去
    触られ 体を触 抱きつ 盗撮 痴漢 つきまと 待ち伏せ 脅(?:さ|迫|し) 殴(?:ら|っ|り) 蹴られ 暴行 暴力 セクハラ わいせつ 襲われ 後をつけ 家までついて (?:娘|息子|子ども|女性)に.{0,12}(?:個別|連絡|会おう)
    """,
)
MENACE = (_MENACE_AT_WORK, _MENACE_ANYWHERE)

LEAK = one_of(
    r"""
    (?:someone|somebody|strangers?|unknown (?:party|person|man)|hackers?|intruders?) [^.!?]{0,40}(?:logged in|logged into|changed (?:the|my) (?:email|password)|drained|emptied (?:my|our)|got into my|accessed|took over my|has access|downloaded|copied|read me|hacked|knew my (?:name|address|order)|has my (?:data|address|card|details)|used my card)\b
    (?:accounts?|wallet|profile|inbox) (?:\w+ ){0,4}(?:hacked|hijacked|taken over|compromised|drained|breached|cleaned out|broken into|logged in from)\b
    log(?:ged)?[- ]?in from (?:a|another|an)\b
    (?:log(?:ged|ging)? in|signed in|open(?:ed)? (?:the|your|my) app)\b.{0,60}(?:someone (?:called|named|else)|somebody else|other people|stranger|another (?:customer|user|person|patient|family))
    (?:someone else's|somebody else's|other (?:people|customer|user|patient|guest)s?'?s?|another (?:customer|patient|user|person|family|guest|tenant|member|client)'?s|a stranger's|strangers'?) (?:\w+ ){0,3}(?:history|details|address|addresses|invoices?|bookings?|messages|photos|balance|card|account|data|medical|prescription|results|passport|statement|chats?|records?|files?|documents?|bank)\b
    (?:passwords?|passports?|passport scans|date of birth|home address|bank details|card numbers?|medical (?:notes|records|files|history)|customer (?:table|list|data|database|records)|personal data|payroll(?: files)?|phone numbers?|email addresses|private (?:photos|messages)|test results|health records)\b[^.!?]{0,70}(?:leak(?:ed|s|ing)?|dump(?:ed)?|stolen|exposed|hacked|breach\w*|compromised|for sale|being sold|published|visible|open link|dark ?web|downloaded|copied|plain ?text)\b
    (?:leak(?:ed|s|ing)?|expos(?:ed|es|ing)|stole|dumped) (?:\w+ ){0,4}(?:passwords?|passports?|addresses|address|bank details|card (?:details|numbers)|medical|customer|personal (?:data|info\w*|details)|data|phone numbers?)\b
    (?:address|addresses|number|details|data|names|photos) (?:was|were|got|been|is|are|have been|has been) (?:\w+ )?leaked\b
    (?:security|privacy|gdpr) (?:breach|leak)(?:es|s)?\b
    (?:is|was|a|this) (?:\w+ )?breach\b(?! of contract)
    breach of (?:gdpr|data|privacy|confidential\w*)
    (?:ransomware|identity theft|stole my identity)\b
    (?:taken out|opened) in (?:my|our|their|his|her) names?\b
    (?:in (?:the )?cc (?:field|line)|cc'?d (?:everyone|all of us|us all))\b
    change your passwords?\b
    codes? (?:\w+ ){0,3}(?:never|didn'?t) (?:ask(?:ed)?|request(?:ed)?)\b
    (?:anybody|anyone|everyone|every \w+) (?:\w+ ){0,3}can (?:unlock|access|see my|see our|read my|see (?:my|our|your) (?:full|home))\b
    (?:customers?'?s?|clients?'?|patients?'|pupils'|users'|members') (?:\w+ ){0,3}(?:on an open|no login|unprotected|in the open|publicly)
    security researcher\b
    (?:baby monitor|nanny ?cam|webcam|doorbell|camera) .{0,50}(?:voice|stranger|hacked|spoke|talking to)\b
    card (?:was |is )?being used (?:in|by|at)\b
    filtra(?:ron|do|da|dos|das|r)\b[^.!?]{0,25}(?:datos|fotos|direcci|tarjeta|contrase)
    datos\b[^.!?]{0,40}(?:filtrad|filtraron|robad|robaron|expuest|publicad|a la venta|de otr[oa] (?:client|person|paciente|usuari))
    (?:hacke(?:ada|ado|aron|ou|arono|rat)|jaque(?:ada|ado|aron)|gehackt|hackerat|pirat(?:é|ée|és|ées)\b)
    (?:datenschutz(?:verletzung|panne|versto|vorfall)|geleakt|datalek|gelekt\b)
    (?:fremde[nr]?|anderer kunden) (?:daten|rechnung\w*|kundendaten|bestellung\w*|kontodaten|adressen)
    (?:daten|passw[oö]rter|adressen|kundendaten|gegevens)\b[^.!?]{0,40}(?:gestohlen|abgeflossen|im netz|geklaut|ver[oö]ffentlicht|einsehbar|im darknet|gestolen|op straat|van (?:iemand anders|een ander|andere klanten))
    donn[eé]es\b[^.!?]{0,40}(?:vol[eé]e|fuit|expos[eé]|divulgu|en vente|accessibles|d'autres clients|d'un autre client)
    (?:donn[eé]es|factures?|dossiers?|commandes?|compte) d'(?:un|une|autres) (?:autre )?(?:client|patient|personne|inconnu)
    (?:pubblicat[oi]|diffus[oi]) (?:\w+ )?(?:i )?(?:referti|dati|foto|indirizz)
    dati\b[^.!?]{0,40}(?:rubat|pubblicat|espost|trafugat|sottratt|in vendita|di (?:un altro|altri|un'altra|sconosciut))
    dados\b[^.!?]{0,40}(?:vaza|expost|roubad|[aà] venda|divulgad|publicad|de outr[oa]s? (?:client|pessoa|paciente|usu[aá]ri))
    (?:vazaram|vazou) (?:meus|os|nossos|minhas|dados|tud)
    """,
    """
    外泄 外洩 盗号 盗刷 盜刷 黑客 駭客 (?:别人|他人|陌生人|别的(?:客户|用户|病人))的(?:订单|信息|地址|病历|账户|照片|资料|身份证|聊天|账单)
    (?:他人|知らない人|別の(?:人|客|患者)|他の(?:人|客|患者|お客))の(?:注文|住所|情報|名前|個人|カルテ|明細|写真|アカウント|口座|予約) 個人情報.{0,12}(?:流出|漏|見え|公開|晒|丸見え) 不正(?:ログイン|アクセス|利用|送金|引き出し) 乗っ取 ハッキング
    """,
)
