"""TRIAGE, reading: words that follow something up, advertise or thank.

Tables only; `asking.py` reads them. English, Spanish, German, French, Italian, Portuguese, Chinese, Japanese.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

from triage.reading.lexicon import one_of

# One alternative a line, each from the start of a word; Chinese and Japanese apart, separated by spaces.
FOLLOW_UP = one_of(
    r"""
    #\s?[a-z]{0,5}\s?-?\s?\d{4,}
    (?:order|ticket|case) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:ref|reference|batch) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:serial|lot|tracking) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:invoice|booking) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:confirmation|rma) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:parcel|complaint) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:incident|claim) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:account|model) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:receipt|customer) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:contract|policy) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:consignment) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:shipment) ?(?:no\.?|nr\.?|number|num|id|code|is|was)?\s?[:#-]?\s?#?(?:[a-z]{1,5}[- ]?)?\d[\d-]{2,}
    (?:pedido|incidencia|factura|reserva|lote|serie|bestellung|bestellnummer)\b[^.!?\d]{0,14}[a-z]{0,4}-?\d{3,}
    (?:auftrag|rechnung|kundennummer|charge|vorgang|ticketnummer|commande|facture)\b[^.!?\d]{0,14}[a-z]{0,4}-?\d{3,}
    (?:dossier|num[eé]ro|lot|ordine|fattura|pratica|lotto|encomenda|protocolo)\b[^.!?\d]{0,14}[a-z]{0,4}-?\d{3,}
    (?:nota)\b[^.!?\d]{0,14}[a-z]{0,4}-?\d{3,}
    still (?:\w+ ){0,2}?(?:no|not|nothing|waiting|wait|broken|down|missing|hasn'?t|haven'?t|isn'?t|doesn'?t|don'?t|didn'?t|won'?t|can'?t|nobody|no one|unresolved|pending|unanswered|without|ignoring|ignored|owe|showing|processing|leaks?|leaking|happening|same)\b
    (?:been |i'm |we're |am |are |kept |keep |keeps? me |left )?waiting (?:for|since|on|over|more|\d|two|three|four|five|six|weeks?|days?|hours?|months?|and)\b
    (?:no) (?:single |proper |real )?(?:reply|response|answer|answers|replies|feedback|word from|call ?back|solution|tracking|update|confirmation|refund)\b
    (?:zero) (?:single |proper |real )?(?:reply|response|answer|answers|replies|feedback|word from|call ?back|solution|tracking|update|confirmation|refund)\b
    (?:without) (?:single |proper |real )?(?:reply|response|answer|answers|replies|feedback|word from|call ?back|solution|tracking|update|confirmation|refund)\b
    (?:not a) (?:single |proper |real )?(?:reply|response|answer|answers|replies|feedback|word from|call ?back|solution|tracking|update|confirmation|refund)\b
    (?:not one) (?:single |proper |real )?(?:reply|response|answer|answers|replies|feedback|word from|call ?back|solution|tracking|update|confirmation|refund)\b
    (?:never (?:got|get|had|received)(?: a| an| any)?) (?:single |proper |real )?(?:reply|response|answer|answers|replies|feedback|word from|call ?back|solution|tracking|update|confirmation|refund)\b
    (?:not had (?:a|an|any)) (?:single |proper |real )?(?:reply|response|answer|answers|replies|feedback|word from|call ?back|solution|tracking|update|confirmation|refund)\b
    (?:any) (?:single |proper |real )?(?:reply|response|answer|answers|replies|feedback|word from|call ?back|solution|tracking|update|confirmation|refund)\b
    (?:nobody) (?:\w+ )?(?:answers?|replies|replied|responds?|responded|picks? up|cares?|helps?|helped|answered|knows|called|calls|reacts|reads|listens|got back|came|bothers?)\b
    (?:no one) (?:\w+ )?(?:answers?|replies|replied|responds?|responded|picks? up|cares?|helps?|helped|answered|knows|called|calls|reacts|reads|listens|got back|came|bothers?)\b
    (?:no-one) (?:\w+ )?(?:answers?|replies|replied|responds?|responded|picks? up|cares?|helps?|helped|answered|knows|called|calls|reacts|reads|listens|got back|came|bothers?)\b
    (?:none of you) (?:\w+ )?(?:answers?|replies|replied|responds?|responded|picks? up|cares?|helps?|helped|answered|knows|called|calls|reacts|reads|listens|got back|came|bothers?)\b
    (?:noone) (?:\w+ )?(?:answers?|replies|replied|responds?|responded|picks? up|cares?|helps?|helped|answered|knows|called|calls|reacts|reads|listens|got back|came|bothers?)\b
    (?:not) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:never) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:hasn'?t) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:haven'?t) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:hadn'?t) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:isn'?t) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:don'?t) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:doesn'?t) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:won'?t) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:refuse to) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:refuses to) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:stopped) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:stop) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:didn'?t) (?:been |even |bothered to |yet |ever )?(?:answer(?:ed|ing)?|reply(?:ing)?|replied|respond(?:ed|ing)?|arrived?|delivered|received?|showed up|turned up|shipped|refund(?:ed)?|resolved|come|came|call(?:ed)? (?:me )?back|get(?:ting)? back|got back)\b
    (?:ignored?|ignoring)\b(?=[^.!?]{0,50}(?:me|us|my|email|mail|message|by|on|you|customer|support|for|,|$))
    (?:ignores|ghosted|ghosting)\b(?=[^.!?]{0,50}(?:me|us|my|email|mail|message|by|on|you|customer|support|for|,|$))
    (?:fobbed off|passed around)\b(?=[^.!?]{0,50}(?:me|us|my|email|mail|message|by|on|you|customer|support|for|,|$))
    (?:hung up on|cut off)\b(?=[^.!?]{0,50}(?:me|us|my|email|mail|message|by|on|you|customer|support|for|,|$))
    on hold\b
    (?:refund|refunds|money back|reimburse\w*|compensat\w*|chargeback)\b
    (?:second) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:third) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:fourth) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:fifth) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:2nd) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:3rd) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:4th) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:5th) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:\d+th) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:umpteenth) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:nth) (?:time|one|email|message|replacement|call|day|week|attempt|request|unit|delivery|kettle|month|visit|engineer|technician)\b(?! (?:in the (?:world|league)|lucky|this (?:season|game)))
    (?:twice|three times|several times|multiple times|many times|again and again|over and over|yet again)\b
    (?:once again|not again|broken again|down again|late again|again\?|again!|again today|again this)\b
    (?:days|weeks|months) (?:later|now|and (?:still|counting|no|nothing)|without|of waiting|overdue|late|on hold)\b
    (?:hours|years) (?:later|now|and (?:still|counting|no|nothing)|without|of waiting|overdue|late|on hold)\b
    (?:minutes) (?:later|now|and (?:still|counting|no|nothing)|without|of waiting|overdue|late|on hold)\b
    never (?:arrived?|came|received|turned up|showed up|delivered|got (?:it|my|the|an?))\b
    (?:where(?:'s| is| are)|when (?:will|do|is|are|can)) (?:i (?:get|receive)|my|our|you)\b
    (?:return(?:ed|ing)? (?:it|them|this)|exchange it|replacement|warranty)\b
    (?:guarantee(?:d)? (?:is|was|expired|claim|card)?|under guarantee|spare part|faulty|defective|defect|dud)\b
    (?:lemon)\b
    (?:broke(?:n)?|stopped working|stops working|quit working|packed up|conked out|gave up the ghost|died after)\b
    (?:died on|dead after|dead on arrival|doa|falls apart|fell apart|fell off|snapped|came off|peel(?:s|ing|ed))\b
    (?:leak(?:s|ing|ed)?|crack(?:s|ed)|jammed|rattl(?:es|ing)|wobbl\w+|rust(?:y|ed|ing)|scratched|dented|damaged)\b
    (?:missing (?:a |the |parts?|pieces?|from|screws?))\b
    (?:wrong (?:size|item|colou?r|one|part|order|product|address|model|amount))\b
    (?:does ?n[o']?t) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:do ?n[o']?t) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:won'?t) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:will not) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:can'?t) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:cannot) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:did ?n[o']?t) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:not) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:isn'?t) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:never) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:barely) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:hardly) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:no longer) (?:even |really |actually |properly )?(?:work(?:ing|s|ed)?|turn on|switch on|start|charge|connect|load|open|log ?in|fit|close|heat|boil|pair|hold|last|update|sync|access|pay|check ?out|as (?:described|advertised|promised))\b
    (?:charged|billed|debited|overcharged|double[- ]charged) (?:me|us|my|for|twice|the|again|\d)?
    (?:took (?:the )?(?:money|payment)) (?:me|us|my|for|twice|the|again|\d)?
    (?:customer (?:service|support|care)|helpline|hotline|call cent(?:er|re)|chat ?bot)\b
    (?:support (?:team|line|desk|chat|ticket|email|is|was|never|keeps?|told|says|said))\b
    (?:disappointed|disappointing|unacceptable|disgrace\w*|rip[- ]?off|ripped off|scam(?:med)?|shambles)\b
    (?:ridiculous|appalling|a joke|useless|terrible|awful|worst|rubbish|disgusted|furious)\b
    (?:shocking(?:ly)? (?:bad|service)|not good enough|not happy|unhappy|fed up|sick (?:and tired )?of)\b
    (?:waste of (?:money|time)|poor(?:ly)? (?:made|quality|service|design)|avoid\b|beware|don'?t buy|do not buy)\b
    (?:not impressed|complain\w*|complaint)\b
    (?:fix (?:this|it|your|the)|sort (?:this|it|your\w*) out|do something|explain (?:this|yourselves|why))\b
    (?:do better|step up|answer me|call me|dm me back|check your dms?)\b
    (?:i(?:'ve| have) (?:emailed|called|written|messaged|dm'?d|sent|tried|contacted|asked|reported))\b
    (?:emailed|messaged|dm'?d|called|phoned|contacted) (?:you|them|support|customer|\w+ times|twice|in|last|on)\b
    (?:wrote to|written to|sent you|reported) (?:you|them|support|customer|\w+ times|twice|in|last|on)\b
    (?:sigue|siguen|sigo|seguimos|todav[ií]a|a[uú]n) (?:\w+ ){0,3}(?:sin|no|esperando|nada|rot[oa]|igual)\b
    (?:esperando|llevo \w+ (?:d[ií]as|semanas|meses|horas)|nadie (?:contesta|responde|atiende|me|nos|coge))\b
    (?:no (?:contest\w+|responde\w*|funciona|llega|llegado|ha llegado|me ha|lleg[oó]|arranca|enciende|carga|va))\b
    (?:sin respuesta|reembolso|devoluci[oó]n|devuelv\w+|reclam\w+|otra vez|por tercera vez|segunda vez)\b
    (?:garant[ií]a|defectuos\w+|roto|rota|se (?:me )?(?:ha )?(?:rompi[oó]|roto)|estafa|verg[uü]enza|p[eé]sim[oa])\b
    (?:horrible|decepci\w+|atenci[oó]n al cliente|cobrad\w+|me (?:han )?cobr\w+)\b
    (?:immer noch|noch immer|noch kein\w*|wieder (?:kaputt|mal|nicht|kein|das|defekt|ausgefallen)|schon wieder)\b
    (?:seit (?:\w+ )?(?:tagen|wochen|monaten|stunden)|warte(?:n)? (?:seit|auf|immer|nun|jetzt|noch))\b
    (?:keine (?:antwort|reaktion|r[uü]ckmeldung|lieferung|erstattung))\b
    (?:niemand (?:\w+ )?(?:antwortet|hilft|meldet|geht|reagiert|erreichbar)|warteschleife|erstattung)\b
    (?:geld zur[uü]ck|r[uü]ckerstattung|reklam\w+|zum (?:dritten|zweiten|vierten|x-ten) mal|garantie)\b
    (?:gew[aä]hrleistung|kaputt|defekt|funktioniert nicht|geht nicht|umtausch\w*|ersatzteil\w*|besch[aä]digt)\b
    (?:undicht|entt[aä]usch\w+|frechheit|unversch[aä]mt\w*|abzocke|unm[oö]glich\w*|mangelhaft|kundenservice)\b
    (?:kundendienst|hotline|abgebucht|beschwer\w+|nie angekommen|nicht (?:geliefert|angekommen|erreichbar))\b
    (?:toujours (?:pas|rien|en|aucun\w*|sans|le m[eê]me)|encore (?:en panne|une fois|un|cass|pas)|j'attends)\b
    (?:en attente|on attend|(?:aucune|pas de|sans|z[eé]ro) (?:r[eé]ponse|nouvelles?|retour|solution))\b
    (?:personne ne (?:r[eé]pond|d[eé]croche|m')|rembours\w+|troisi[eè]me fois|deuxi[eè]me fois|sav\b|garantie)\b
    (?:en panne|cass[eé]e?|d[eé]fectueu\w+|ne (?:marche|fonctionne|s'allume|charge|r[eé]pond)\w* (?:pas|plus))\b
    (?:marche (?:pas|plus)|fonctionne (?:pas|plus)|r[eé]clamation|service client|d[eé][cç]u\w*|honte\w*|arnaque)\b
    (?:inadmissible|scandaleu\w+|inacceptable|d[eé]bit[eé]|pr[eé]lev[eé]|pas re[cç]u|jamais (?:re[cç]u|arriv\w+))\b
    (?:ancora (?:niente|nessun\w*|non|in attesa|rotto)|sto aspettando|aspett(?:o|iamo))\b
    (?:nessun(?:o|a)? (?:risponde|risposta|mi|ci)|rimbors\w+|terza volta|di nuovo|garanzia|rott[oa]|difettos\w+)\b
    (?:guast\w+|non (?:funziona|risponde|rispondono|arriva|[eè] arrivat\w+|si accende|carica|va)|assistenza)\b
    (?:reclam\w+|delus\w+|vergogn\w+|truffa|pessim\w+|inaccettabile|addebitat\w+)\b
    (?:ainda (?:n[aã]o|nada|sem|aguardo|estou|espero)|(?:estou|estamos) (?:[aà] espera|esperando|aguardando))\b
    (?:ningu[eé]m (?:responde|atende|me|resolve|ajuda)|sem resposta|reembols\w+|estorno|terceira vez|de novo)\b
    (?:outra vez|garantia|quebrad\w+|quebrou|avariad\w+|estrag\w+|defeituos\w+|defeito)\b
    (?:n[aã]o (?:funciona|responde\w*|chegou|chega|liga|carrega|recebi)|atendimento|reclama\w+|decep\w+)\b
    (?:desilud\w+|vergonha|golpe|p[eé]ssim\w+|inaceit\w+|cobrad\w+|cobraram)\b
    """,
    r"""
    (?:订单|单号|工单|批次|序列|型号|编号)(?:号|号码)?[:：是]?\s*[a-z0-9-]{4,}
    还没(?:有)?(?:到|收到|回|发|退|处理|解决|人|修) 仍(?:然|未|没) 一直(?:没|不|等|在等) 等了
    没人(?:回|理|接|管|处理) 不回(?:复|应|消息) 无人(?:回|接|应) 退款 退货 退钱 赔偿 换货 保修 质保 售后
    客服 投诉
    第[二三四五六]次 又(?:坏|崩|挂|出|是|来|断|漏|不) 坏了 坏掉 不能用 用不了 打不开 开不了机 充不进 漏水
    漏电 裂了 缺(?:货|少|件) 发错 少发 没收到 未收到 质量差 太差 差评 失望 垃圾 骗(?:人|子|钱) 坑人 重复扣
    多扣 扣了 处理一下 尽快 解决
    (?:注文番号|受付番号|問い合わせ番号|型番|ロット|シリアル|製造番号)[:：は]?\s*[a-z0-9-]{3,}
    まだ(?:届|来|返|連絡|直|何|か|で|解決|回答) いまだに 未だに 返事(?:が|も|は)?(?:ない|来|あり|なし)
    返信(?:が|も)?(?:ない|来) 連絡(?:が|も)?(?:ない|来|つか|取れ) 返金 返品 交換 保証 修理
    待(?:って(?:い|る|ま)|たされ|ちぼうけ) つながら 繋がら
    (?:二|三|四|2|3|4|２|３)(?:回|度|台)目 また(?:壊|故障|落ち|不具合|止ま|同じ|だめ) 壊れ 故障 不良 不具合
    動かな 動きません 使えな 使えませ 届かな 届きませ 届いて(?:いな|な|いませ) 水漏れ 割れ(?:て|た) 最悪
    ひどい がっかり 残念 クレーム サポート(?:に|が|は|の|も) お客様センター 請求 対応(?:が|して) 無視
    """,
)
COMMENDS = one_of(
    r"""
    (?:great|good|excellent|amazing|brilliant|fantastic|superb|friendly|lovely|best|super|top) (?:\w+ )?(?:service|support|staff|team|product)\b
    (?:highly |would |definitely |can )recommend\b
    (?:lo |la )?recomiendo\b
    (?:kann ich |sehr |nur )(?:empfehlen|empfehlenswert)
    je recommande
    (?:lo |la )?consiglio\b
    recomendo\b
    """,
    "服务(?:很|真|太)好 推荐 おすすめです オススメ",
)
CONTENT = one_of(
    r"""
    (?:no|zero|without|never (?:had )?(?:a|any)|not a|not a single) (?:\w+ )?(?:complaints?|problems?|issues?|faults?)\b
    (?:can'?t|cannot|couldn'?t|nothing to) complain\b
    never (?:broke|failed|leaked|let me down)\b
    (?:ning[uú]n|ni un(?: solo)?|sin(?: un solo)?|cero) (?:problemas?|fallos?|quejas?)
    (?:keine?|nie|ohne) (?:\w+ )?(?:beschwerden?|problem\w*|reklamation\w*)
    nicht beschweren
    (?:aucun|sans|jamais (?:un|eu de)|pas de) (?:souci|probl[eè]me|panne)
    (?:nessun|mai un|senza) (?:problem|difett|guast)\w*
    (?:nunca|sem|nenhum) (?:\w+ )?(?:problemas?|queixas?|defeitos?)
    """,
    "没(?:出过|有)?(?:任何)?问题 问题(?:已经|都)?解决了 問題(?:ない|なく|ありません) 故障(?:なし|もなく)",
)
ADVERT = one_of(
    r"""
    (?:we(?:'re| are)|now|is|are|currently) (?:\w+ )?(?:hiring|recruiting)\b
    #?\s?(?:hiring|nowhiring|now hiring|vacancy|vacancies|job alert|jobs?:|job opening|career opportunit\w+|we want you)\b
    (?:apply (?:now|today|here|online|via|by|at)|join our (?:team|telegram|discord|newsletter|community|webinar))\b
    (?:send (?:us )?your cv)\b
    (?:link in (?:my )?bio|link below|use (?:my |the )?(?:code|coupon|promo)|promo ?code|discount code|coupon)\b
    (?:referral|affiliate|partner link)\b
    (?:\d+ ?% (?:off|discount)|up to \d+ ?%|half price (?:on|all|this)|bogo|flash sale|clearance)\b
    (?:black friday (?:deal|sale)s?|limited (?:time|offer|edition drop)|today only|while stocks last)\b
    (?:save (?:up to )?\$?£?\d+|from (?:just|only) [$€£]?\d+)\b
    (?:giveaway|give ?away|follow (?:us|and|\+|&)|rt to win|retweet to win|like (?:and|\+|&) (?:share|rt|follow))
    (?:sorteo|sorteamos|passatempo|sorteio|gewinnspiel|verlosen|verlosung|jeu[- ]concours|winactie|estrazione a premi)\b
    (?:tag (?:a friend|\d|two|three)|enter to win|chance to win|win a (?:free )?)
    (?:shop now|buy now|order (?:now|yours|today)|click (?:here|the link|link)|sign up (?:now|today|here|for free))
    (?:register (?:now|today|for free|here)|book (?:now|your spot)|check out (?:our|my)|subscribe)
    (?:watch (?:now|live)|swipe up|dm (?:me )?(?:for|to)|read more|learn more|visit (?:our|us at)|available now)
    (?:out now|pre-?order now|introducing (?:our|the)|new on the blog)
    (?:my (?:new )?(?:review|video|blog|post) (?:is|of|on|:)|sponsored|\#?\s?ad\b(?=\s*$|\s+http))
    (?:earn (?:\$|money|up to|\d)|passive income|crypto|bitcoin|forex|telegram|whatsapp (?:me|us|\+))\b
    (?:guaranteed (?:returns?|profit)|100x|airdrop|nft)\b
    (?:press release|for immediate release|webinar|masterclass|live at \d)
    (?:rebajas|descuentos?|sorteo|c[oó]digo|oferta de empleo)\b
    (?:buscamos (?:\w+ )?(?:dependient|camarer|program|personal)|[uú]nete|[ií]nscr[ií]bete|nota de prensa)\b
    (?:entra en el enlace|gana dinero|enlace en)\b
    (?:rabatt\w*|gewinnspiel|gutschein\w*|rabattcode)\b
    (?:wir suchen (?:\w+ )?(?:verst[aä]rkung|mitarbeiter|dich|eine?n?)|stellenangebot)\b
    (?:jetzt (?:bewerben|kaufen|bestellen|anmelden|sichern)|bewirb dich|pressemitteilung|nur heute)\b
    (?:link in der bio|verdiene)\b
    (?:code promo|soldes|r[eé]ductions?|concours|on recrute|nous recrutons|offre d'emploi|postulez|inscrivez-vous)\b
    (?:communiqu[eé]|gagnez|lien en bio|abonnez-vous)\b
    (?:sconti?|codice sconto|concorso|assumiamo|cerchiamo (?:personale|commess)|iscriviti|comunicato stampa)\b
    (?:link in bio|solo oggi)\b
    (?:descontos?|cupom|sorteio|estamos contratando|vaga(?:s)? (?:de|para|aberta)|inscreva-se|link na bio)\b
    (?:s[oó] hoje|promo[cç][aã]o)\b
    """,
    r"""
    [五六七八九]折 优惠(?:券|码) 限时 秒杀 抢购 点击链接 招聘 诚聘 扫码 关注(?:公众号|我们|并) 转发抽奖 抽奖 加微信 代购 直播间 新品(?:上市|发布) 盛大开业
    (?:募集中|採用) (?:\d+|％|%)(?:オフ|off|引き) セール クーポン フォロー(?:＆|&|して|と) リツイート
    キャンペーン プレゼント企画 登録はこちら 詳しくは(?:こちら|リンク) 副業 チャンネル登録 プレスリリース
    """,
)
THANKS = one_of(
    r"""
    thank(?:s| you| u)\b
    (?:thx|ty|cheers|kudos|shout ?out|props|well done|big up|love (?:it|this|my|the|you))\b
    (?:great (?:job|service|work)|amazing|brilliant|perfect|excellent|fantastic|awesome|highly recommend|best)\b
    (?:gracias|genial|perfecto|me encanta|enhorabuena)\b
    (?:danke\w*|vielen dank|super|toll|klasse|prima|perfekt)\b
    (?:merci|bravo|parfait|j'adore|g[eé]nial)\b
    (?:grazie|ottimo|perfetto|complimenti)\b
    (?:obrigad[oa]|perfeito|excelente|parab[eé]ns|adorei)\b
    """,
    r"谢谢 感谢 多谢 太棒 很满意 好评 点赞 ありがとう 感謝 最高 助かり 大好き",
)
