"""TRIAGE, reading: words of leaving.

In comes a normalised text in lower case; out goes whether a customer leaves, has left or says so. Made for
recall, like `danger.py`. It never decides what to do about it.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

from triage.reading.lexicon import one_of

# One alternative a line, each from the start of a word; Chinese and Japanese apart, separated by spaces.
_LEAVING = one_of(
    r"""
    (?:cancel(?:l?ed|l?ing)?) (?:\w+ ){0,3}(?:subscription|membership|contract|account|policy)s?\b
    (?:terminat(?:e|ed|ing)) (?:\w+ ){0,3}(?:subscription|membership|contract|account|policy)s?\b
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
    boycott(?:ing)?\b
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
    (?:switch(?:ed|ing)?) (?:back )?(?:over )?to (?:a |an |the )?(?:different|another|other|competitor|rival|cheaper|new|\w+ instead)\b
    (?:mov(?:ed|ing)) (?:back )?(?:over )?to (?:a |an |the )?(?:different|another|other|competitor|rival|cheaper|new|\w+ instead)\b
    (?:chang(?:ed|ing)) (?:back )?(?:over )?to (?:a |an |the )?(?:different|another|other|competitor|rival|cheaper|new|\w+ instead)\b
    (?:gone) (?:back )?(?:over )?to (?:a |an |the )?(?:different|another|other|competitor|rival|cheaper|new|\w+ instead)\b
    (?:going) (?:back )?(?:over )?to (?:a |an |the )?(?:different|another|other|competitor|rival|cheaper|new|\w+ instead)\b
    (?:defect(?:ed|ing)) (?:back )?(?:over )?to (?:a |an |the )?(?:different|another|other|competitor|rival|cheaper|new|\w+ instead)\b
    (?:just) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:already) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:finally) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:have) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:i've) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:we've) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:now) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:i) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:we) (?:switched|moved|defected|migrated) (?:\w+ )?to (?!(?:a new (?:house|flat|city|home|job)|the (?:city|country|beach)|bed|town|london|paris|berlin)\b)\w+(?=[^.!?]{0,60}(?:instead|after|because|since|years|never|better|done|customer|\.|!|$))
    (?:bought) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:ordered) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:got) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:buying) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:ordering) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:chose) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:choosing) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:picked) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:getting) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:going for) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:went for) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:went with) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:going with) (?:a |an |the |another |some )?(?:\w+ ){0,4}(?:instead|from (?:someone|somewhere) else|elsewhere)\b
    (?:bought|ordered|got|buying|getting) (?:a|another|a different) (?:different |other )?brand\b
    (?:a |another |different |other )brand (?:next time|instead|now)
    (?:next) time (?:i|we)(?:'ll| will|'m| am|'re| are) (?:buy|get|go|try|choos|order|pick)\w* (?:\w+ ){0,3}(?:else|other|another|different|competitor|elsewhere|instead)
    (?:this) time (?:i|we)(?:'ll| will|'m| am|'re| are) (?:buy|get|go|try|choos|order|pick)\w* (?:\w+ ){0,3}(?:else|other|another|different|competitor|elsewhere|instead)
    (?:gave) up (?:on|with) (?:you|them|this (?:brand|company|shop|store|product|thing)|your|these|the (?:brand|company|app|shop))\b
    (?:given) up (?:on|with) (?:you|them|this (?:brand|company|shop|store|product|thing)|your|these|the (?:brand|company|app|shop))\b
    (?:giving) up (?:on|with) (?:you|them|this (?:brand|company|shop|store|product|thing)|your|these|the (?:brand|company|app|shop))\b
    (?:give) up (?:on|with) (?:you|them|this (?:brand|company|shop|store|product|thing)|your|these|the (?:brand|company|app|shop))\b
    (?:i)(?:'ve| have)? (?:gave|give|given|giving) up\b(?=\s*[.!,]|\s*$|[^.!?]{0,50}(?:return|refund|bought|buy|switch|brand|else))
    (?:we)(?:'ve| have)? (?:gave|give|given|giving) up\b(?=\s*[.!,]|\s*$|[^.!?]{0,50}(?:return|refund|bought|buy|switch|brand|else))
    (?:switched) to \w+ (?:after|because|instead|when|now|since|last)\b(?=[^.!?]{0,30}(?:fail|break|broke|problem|time|one|kettle|year|month|you|week|incident|fire|never|price|third|second|$))
    (?:changed) to \w+ (?:after|because|instead|when|now|since|last)\b(?=[^.!?]{0,30}(?:fail|break|broke|problem|time|one|kettle|year|month|you|week|incident|fire|never|price|third|second|$))
    never (?:ever )?(?:again|buying|ordering|shopping|using|flying|trusting|going back|coming back|will i|purchas\w+)\b
    (?:won'?t) (?:be )?(?:ever )?(?:buy(?:ing)?|order(?:ing)?|shop(?:ping)?|us(?:e|ing)|com(?:e|ing) back|return(?:ing)?|go(?:ing)? back|purchas\w+|renew(?:ing)?|recommend(?:ing)? or buy(?:ing)?|spend(?:ing)?) (?:[^.!?]{0,30}\b)?(?:again|anymore|any more|another|from (?:you|them|this)|your|back|with you)\b
    (?:will not) (?:be )?(?:ever )?(?:buy(?:ing)?|order(?:ing)?|shop(?:ping)?|us(?:e|ing)|com(?:e|ing) back|return(?:ing)?|go(?:ing)? back|purchas\w+|renew(?:ing)?|recommend(?:ing)? or buy(?:ing)?|spend(?:ing)?) (?:[^.!?]{0,30}\b)?(?:again|anymore|any more|another|from (?:you|them|this)|your|back|with you)\b
    (?:wouldn'?t) (?:be )?(?:ever )?(?:buy(?:ing)?|order(?:ing)?|shop(?:ping)?|us(?:e|ing)|com(?:e|ing) back|return(?:ing)?|go(?:ing)? back|purchas\w+|renew(?:ing)?|recommend(?:ing)? or buy(?:ing)?|spend(?:ing)?) (?:[^.!?]{0,30}\b)?(?:again|anymore|any more|another|from (?:you|them|this)|your|back|with you)\b
    (?:not) (?:be )?(?:ever )?(?:buy(?:ing)?|order(?:ing)?|shop(?:ping)?|us(?:e|ing)|com(?:e|ing) back|return(?:ing)?|go(?:ing)? back|purchas\w+|renew(?:ing)?|recommend(?:ing)? or buy(?:ing)?|spend(?:ing)?) (?:[^.!?]{0,30}\b)?(?:again|anymore|any more|another|from (?:you|them|this)|your|back|with you)\b
    (?:never) (?:be )?(?:ever )?(?:buy(?:ing)?|order(?:ing)?|shop(?:ping)?|us(?:e|ing)|com(?:e|ing) back|return(?:ing)?|go(?:ing)? back|purchas\w+|renew(?:ing)?|recommend(?:ing)? or buy(?:ing)?|spend(?:ing)?) (?:[^.!?]{0,30}\b)?(?:again|anymore|any more|another|from (?:you|them|this)|your|back|with you)\b
    (?:not|won'?t be|will not be) (?:coming|going) back\b
    (?:not|never|won'?t be|no longer|will not be) (?:a |your |their )(?:\w+ )?customer\b
    (?:was|been|used to be) (?:a |your )?(?:\w+ )?(?:loyal|long[- ]?time|regular|faithful) (?:\w+ )?customer
    (?:no longer|ex|former)[- ](?:a )?(?:\w+ )?customer\b
    (?:you|they)(?:'ve| have)? (?:just )?lost (?:me|us|a |my|our|one|another)\b
    (?:lost|losing|lose) (?:my|our) (?:custom|business|trust)\b
    (?:my|our) last (?:\w+ )?(?:order|purchase|product|one|thing)\b(?=[^.!?]{0,30}(?:i|we|from|with|ever|buy|you))
    (?:your) last (?:\w+ )?(?:order|purchase|product|one|thing)\b(?=[^.!?]{0,30}(?:i|we|from|with|ever|buy|you))
    (?:definitely the) last (?:\w+ )?(?:order|purchase|product|one|thing)\b(?=[^.!?]{0,30}(?:i|we|from|with|ever|buy|you))
    (?:was the) last (?:\w+ )?(?:order|purchase|product|one|thing)\b(?=[^.!?]{0,30}(?:i|we|from|with|ever|buy|you))
    (?:the very) last (?:\w+ )?(?:order|purchase|product|one|thing)\b(?=[^.!?]{0,30}(?:i|we|from|with|ever|buy|you))
    (?:that'?s the) last (?:\w+ )?(?:order|purchase|product|one|thing)\b(?=[^.!?]{0,30}(?:i|we|from|with|ever|buy|you))
    (?:be the) last (?:\w+ )?(?:order|purchase|product|one|thing)\b(?=[^.!?]{0,30}(?:i|we|from|with|ever|buy|you))
    last time (?:i|we|you|they) (?:ever |will )?(?:buy|bought|order|use|shop|trust|get|spend|fly|book|see (?:me|my money))
    (?:evaluating|comparing|found|considering|trialling|testing) (?:an? )?alternatives?\b
    cancel(?:l?ed|l?ing) (?:with )?\w+ (?:after|today|this week|yesterday)
    (?:quotes?|offers?) (?:\w+ )?(?:from|elsewhere|with) ?(?:other|another|different|competit)?
    (?:insurers|providers|banks|suppliers) for quotes
    (?:i'm|i am|we're|we are|and i'm) (?:gone|off|out of here|leaving)\b(?=[.!]|$| to (?:a|another|the competit))
    (?:migrat(?:e|ed|ing)) (?:\w+ ){0,4}(?:off|away from|to (?:a |an)(?:different|other)|to a different)\b
    (?:mov(?:e|ed|ing)) (?:\w+ ){0,4}(?:off|away from|to (?:a |an)(?:different|other)|to a different)\b
    switching (?:alliances|sides|brands?|away)
    (?:away from|won'?t be staying|not staying|won'?t stay) (?:with |at )?(?:you|them|that price|this)
    (?:salary|money|account|policy|contract) (?:goes|is going|moves|is moving) to another
    (?:busc\w+|alternativas?|reemplazo) (?:\w+ )?(?:alternativas?|a otr|para sustituir)
    presupuesto a otr
    (?:suche?n?|brauchen?|gibt es|eine) (?:\w+ )?alternativen? (?:zu|f[uü]r)
    angebote von anderen
    (?:cherch\w+ |une )(?:\w+ )?alternatives? [aà]
    devis ailleurs
    (?:cerc\w+ |un')alternativa|procur\w+ (?:uma )?alternativa
    (?:last|final) straw\b
    (?:return(?:ed|ing)?) (?:it|them|mine|this|the \w+|ours|my \w+|both) (?:back )?(?:for good|and (?:buying|getting|bought|won'?t|never|not|going))
    (?:sent) (?:it|them|mine|this|the \w+|ours|my \w+|both) (?:back )?(?:for good|and (?:buying|getting|bought|won'?t|never|not|going))
    (?:sending) (?:it|them|mine|this|the \w+|ours|my \w+|both) (?:back )?(?:for good|and (?:buying|getting|bought|won'?t|never|not|going))
    (?:send) (?:it|them|mine|this|the \w+|ours|my \w+|both) (?:back )?(?:for good|and (?:buying|getting|bought|won'?t|never|not|going))
    (?:taking) (?:it|them|mine|this|the \w+|ours|my \w+|both) (?:back )?(?:for good|and (?:buying|getting|bought|won'?t|never|not|going))
    (?:took) (?:it|them|mine|this|the \w+|ours|my \w+|both) (?:back )?(?:for good|and (?:buying|getting|bought|won'?t|never|not|going))
    return(?:ed|ing) (?:it|mine|ours|them) for good\b
    (?:cancel(?:l?ed|l?ing)?) (?:my|our|the|this|it|everything|all|mine|today)\b(?! (?:flight|train|meeting|class|school|show|game|plans|appointment|trip|gig|concert|party|lesson))
    (?:call(?:ed|ing) off) (?:my|our|the|this|it|everything|all|mine|today)\b(?! (?:flight|train|meeting|class|school|show|game|plans|appointment|trip|gig|concert|party|lesson))
    (?:time) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:ready) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:going) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:want) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:decided) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:about) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:trying) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:how (?:do|can) i) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:where (?:do|can) i) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:need) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:like) to (?:cancel|leave you|switch (?:to|brands?|away|provider)|move (?:on from you|away from|elsewhere))\b
    (?:looking|searching|look|asking) (?:for|at|into) (?:an? |some |any |good )?alternatives?\b
    (?:any|what|which|good|best) (?:\w+ )?alternatives? (?:to|for|instead)\b
    (?:had enough|fed up|had it|finished) (?:of|with) (?:you|them|this (?:company|brand|shop|app|service)|your)\b
    (?:through) (?:of|with) (?:you|them|this (?:company|brand|shop|app|service)|your)\b
    (?:goodbye),? (?:\w+ )?(?:forever|for good|for ever)?(?=[^.!?]{0,20}(?:hello|after \d+ years|customer|for good|forever))
    (?:good ?bye),? (?:\w+ )?(?:forever|for good|for ever)?(?=[^.!?]{0,20}(?:hello|after \d+ years|customer|for good|forever))
    (?:bye),? (?:\w+ )?(?:forever|for good|for ever)?(?=[^.!?]{0,20}(?:hello|after \d+ years|customer|for good|forever))
    (?:farewell),? (?:\w+ )?(?:forever|for good|for ever)?(?=[^.!?]{0,20}(?:hello|after \d+ years|customer|for good|forever))
    (?:adios),? (?:\w+ )?(?:forever|for good|for ever)?(?=[^.!?]{0,20}(?:hello|after \d+ years|customer|for good|forever))
    (?:so long),? (?:\w+ )?(?:forever|for good|for ever)?(?=[^.!?]{0,20}(?:hello|after \d+ years|customer|for good|forever))
    (?:taking|take|took|moving) (?:my|our) (?:money|business|custom|order|orders|savings)\b
    (?:jump(?:ed|ing)? ship|voting with (?:my|our) (?:wallet|feet))\b
    (?:me (?:voy|paso|cambio|he pasado|he cambiado|pas[eé]|cambi[eé])) (?:a|con|de) (?:la |otra |otro |otr|\w+ (?:despu|porque|,))
    (?:nos (?:vamos|pasamos|cambiamos)) (?:a|con|de) (?:la |otra |otro |otr|\w+ (?:despu|porque|,))
    (?:he |hemos )?(?:compr[eéo]|comprado|compramos) (?:\w+ ){0,3}(?:otra marca|de otra|la competencia)
    (?:otra marca|la competencia)\b
    (?:nunca m[aá]s|no vuelvo a|no volver[eé]|no pienso volver|jam[aá]s vuelvo|[uú]ltima vez)
    (?:pierden|perd[ei]\w+|han perdido|perdieron) (?:a )?un(?:a)? client
    (?:cancel[eoéó]|cancelar|he cancelado|voy a cancelar|darme de baja|dado de baja)\b
    (?:me rindo|harto de vosotros|hasta nunca)
    (?:andere|anderen|ander[es]|fremd)(?:s|n)? (?:marke|hersteller|anbieter)\b
    (?:(?:jetzt|lieber|stattdessen|nun|dann) (?:\w+ ){0,4}(?:konkurrenz|von einer anderen|woanders))
    (?:woanders|bei der konkurrenz|zur konkurrenz|anderswo)\b
    (?:gewechselt|umgestiegen|steige um|wechsel[en]? (?:jetzt|zu|den|die))
    (?:nie (?:wieder|mehr)|nicht (?:noch ?mal|wieder) (?:bei|kauf)|nicht mehr (?:bei euch|kauf|bestell))
    (?:das letzte mal|zum letzten mal|letzte bestellung)
    (?:kunde|kundin|kunden) (?:\w+ )?(?:verloren|gewesen|weniger|los)
    (?:storniert|storniere|stornieren|k[uü]ndige|gek[uü]ndigt|aufgegeben|gebe (?:es )?auf|geben auf)\b
    (?:plus jamais|jamais plus|derni[eè]re fois|derni[eè]re commande|je n'ach[eè]terai(?:s)? plus|n'ach[eè]te plus)
    (?:je ne (?:reviendrai|commande)\w* (?:plus|pas)|on ne m'y reprendra)
    (?:pass[eé]e?s?) (?:\w+ )?(?:chez|[aà]|de|d'une|une) (?:un autre|une autre|la concurrence|autre marque|marque|concurrent)
    (?:chang[eé]e?s?) (?:\w+ )?(?:chez|[aà]|de|d'une|une) (?:un autre|une autre|la concurrence|autre marque|marque|concurrent)
    (?:parti(?:e|s)?) (?:\w+ )?(?:chez|[aà]|de|d'une|une) (?:un autre|une autre|la concurrence|autre marque|marque|concurrent)
    (?:je vais) (?:\w+ )?(?:chez|[aà]|de|d'une|une) (?:un autre|une autre|la concurrence|autre marque|marque|concurrent)
    (?:je pars) (?:\w+ )?(?:chez|[aà]|de|d'une|une) (?:un autre|une autre|la concurrence|autre marque|marque|concurrent)
    (?:j'ai achet[eé]) (?:\w+ )?(?:chez|[aà]|de|d'une|une) (?:un autre|une autre|la concurrence|autre marque|marque|concurrent)
    (?:autre marque|la concurrence)\b
    (?:(?:perdu|perdez|perdre) (?:un|une|des|d[eé]finitivement|en moi) ?(?:\w+ )?client|j'annule)
    (?:annul[eé] (?:ma|mon|mes)|j'abandonne|je me d[eé]sabonne)
    (?:mai pi[uù]|ultima volta|non compr(?:o|er[oò]) (?:pi[uù]|mai)|passat[oa] (?:a|alla) (?:un|concorren|altra))
    (?:un'altra marca|altra marca|concorrenza|disdett|disdico|disdire|avete perso un|perso un client)
    (?:cancell(?:o|ato|are) (?:l'abbonamento|l'ordine|il mio|la mia|l'account))
    (?:nunca mais|[uú]ltima vez|n[aã]o compro mais|n[aã]o volto|mudei (?:para|de|pra)|troquei (?:de|por|para))\b
    (?:comprei (?:de )?outra|outra marca|concorr[eê]ncia|perderam (?:um|uma) cliente)\b
    (?:cancel(?:ei|ar|o|ando) (?:a|o|minha|meu|assinatura|tudo|pedido)|desisti)\b
    """,
    r"""
    退订|取消.{0,10}(?:会员|订阅|自动续费)|注销|销户|换别家|换运营商|替代品|不续(?:保|费|约)|去别家|换别|再也不|卸载|失去了?一个.{0,3}(?:顾客|客户)
    解約|退会|乗り換え|二度と|アプリ(?:も|を)?削除
    再也不 不会再(?:买|来|用|光顾) 以后不(?:买|会再|再)
    换(?:了)?(?:个|一个)?(?:别的|其他|另一个)?(?:牌子|品牌|家) 改用 转(?:投|用) 买了别 最后一次 拉黑 弃用
    放弃了 退坑 取消(?:订单|订阅|会员|账户) 永远不 脱粉
    代わりを探|更新しません|二度と|もう(?:買わ|使わ|頼ま|行か|利用し)|他社|別の(?:メーカー|ブランド|会社)|乗り換え|買い替え|やめます|解約|退会|キャンセルし|最後に(?:し|なる)|見限|さよなら
    """,
)

_STAYING = one_of(
    r"""
    glad (?:i|we) (?:\w+ )?(?:switched|moved|changed)
    (?:best|happy|happiest) (?:\w+ ){0,4}(?:switched|moved) to
    (?:won'?t|will not|never) (?:cancel|leave|switch|go anywhere else|buy (?:any(?:thing| other)?|another))\b
    never (?:going )?(?:buying|using|order\w*|buy) (?:any )?(?:other|another|anything else)
    (?:flight|train|show|concert|game|match|class|school|meeting|tour) (?:\w+ )?(?:is |was |got |been )?cancel
    (?:series|season) (?:\w+ )?(?:is |was |got |been )?cancel
    cancel(?:l?ed|l?ing)? (?:the |my |our )?(?:flight|train|show|concert|game|match|class|tour|series|season|meeting|plans|trip)
    take my money
    (?:i|we) (?:still )?(?:cancel|leave) (?:out|the house)
    """
)


def leaves(text: str) -> bool:
    """Whether a normalised, lower-case text speaks of leaving, by its words alone."""
    return _LEAVING.found_in(_STAYING.taken_from(text))
