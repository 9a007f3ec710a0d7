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
    (?:das letzte mal|zum letzten mal)
    (?:kunde|kundin|kunden) (?:\w+ )?(?:verloren|gewesen|weniger|los)
    (?:storniert|storniere|stornieren|k[uü]ndige|gek[uü]ndigt|aufgegeben|gebe (?:es )?auf|geben auf)\b
    (?:plus jamais|jamais plus|derni[eè]re fois|je n'ach[eè]terai(?:s)? plus|n'ach[eè]te plus)
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
    i quit[.!]
    ^i quit$
    last (?:ever )?(?:order|purchase|visit|box|delivery|payment|booking|flight|stay|meal|month|bill)(?: \w+){0,2} (?:ever|with (?:you|them)|from (?:you|them|me|us))\b
    (?:going|gone|went|signed|signing) (?:up )?with (?:someone|somebody|another|a different|a competitor|a rival|the competition)\b
    (?:tak(?:e|ing)|booked|requested|spend(?:ing)?|bank(?:ing)?|insur(?:e|ing)|train(?:ing)?|stream(?:ing)?|eat(?:ing)?|look(?:ing)?|go(?:ing)?) (?:\w+ ){0,3}elsewhere\b
    (?:find|found|finding|join(?:ed|ing)?|signed (?:up )?(?:to|with|for)|with|to|for) (?:a |an |my )?(?:new|another|different|better|cheaper) (?:supplier|provider|carrier|operator|insurer|broker|gym|network|tariff|isp)\b
    (?:subscription|membership|contract|direct debit|standing order|season ticket|auto[- ]?renew\w*)s? (?:is |are |now |all |just |officially |finally |already )*(?:cancel+ed|closed|deleted|terminated|ended|axed|binned|stopped|off)\b
    (?:close|closing|delete|deleting|stop|stopped|stopping|end|ending|wipe|cancel) (?:my|our|his|her|the|a|an) (?:\w+ ){0,3}(?:account|subscription|membership|contract|direct debit|standing order|auto-?renewal)s?\b
    (?:please|kindly|pls) (?:close|cancel|delete|terminate|remove) (?:my |our |the )?(?:\w+ )?(?:account|name|subscription|membership|profile|contract)\b
    (?:strike|remove|take) my name (?:from|off)\b
    (?:former|ex)[- ](?:\w+ )?(?:customer|member|household|subscriber|user|client|reader|player)\b
    (?:bye(?: bye)?|adios|cya|so long|farewell),? @user (?=[^.!?]{3,})
    comparison (?:site|website)s?,? here (?:i|we) come
    (?:so |just |am |'m )done (?:being|paying|giving)\b
    (?:i've|we've|i have|we have|i|we) changed (?:company|companies|suppliers?|providers?|banks?|brands?|operators?)\b
    won'?t (?:be )?(?:see|get|seeing|getting) (?:my|another|a) (?:renewal|penny|cent|order|visit|booking)\b
    (?:won'?t|don'?t|not|wouldn'?t|no longer) (?:be )?(?:renew(?:ing)?|rejoin(?:ing)?|resubscrib\w+|extending)\b
    (?:not|no) (?:another|one more|a single|more of my) (?:penny|cent|money)\b
    (?:seen|had) the last of (?:me|us|my money)\b
    not bringing my (?:supplier|provider|bank)
    export(?:ed|ing) (?:all )?(?:my|our) (?:data|playlists?|files|photos|notes)\b
    i'?ll let it (?:lapse|expire|run out)?[.!]
    (?:let|letting) (?:my|our|the) (?:\w+ )?(?:membership|subscription|policy|contract|status|plan) (?:lapse|expire|run out)\b
    (?:switch(?:ing)? form|pac code|exit fee|early termination)\b
    (?:swapp(?:ed|ing)|switch(?:ed|ing)) (?:over )?to (?:titles|brands|shops|\w+ this (?:month|quarter|year|week))
    moving to the (?:\w+ )?(?:tariff|co-?op|competition)\b
    (?:should'?ve|should have) (?:jumped|left|switched|cancel+ed|moved)\b
    (?:i'm |we're )?ditch(?:ed|ing) (?:you|your|this (?:app|bank|brand|company)|my (?:subscription|provider|plan|membership)|@user|\w+[.,!])
    (?:cross|strik)(?:ed|ing) \w+ off (?:the|my|our) list\b
    (?:cut up (?:my|the|our) (?:\w+ )?cards?|cards? cut up)\b
    (?:logg(?:ing|ed) off|leaving|left|quit|gone|out of here|wipe|delete|close) (?:\w+ ){0,4}for good\b
    deleted from (?:all|my|our|every)\b
    quit (?:the|your) (?:\w+ )?(?:app|version|game|programme|program|gym|club|plan)\b
    are quitting\b
    (?:opened|opening) (?:an )?accounts? (?:with|at|elsewhere)\b
    booked with (?:the|a|another|someone)\b
    (?:stick|shove|keep) (?:your|its|their) (?:\w+ ){0,2}(?:loyalty|points|discount|deal|tariff|contract|subscription|membership|voucher|miles|plan)\b
    no reason to (?:stay|remain|renew|keep paying)\b
    (?:not worth renewing|matched my \w+ to another|someone kinder|runs? on \w+'s competitor|\w+'s competitor)\b
    gone\b[^!?]{0,30}and so (?:am i|are we)\b
    number \d+ to leave\b
    (?:going back to (?:my old|pen and paper|board games|cash|paper|my previous|my former))\b
    (?:you can take|take|come and get) your (?:meter|box|router|equipment) (?:off|back)\b
    how (?:do|can) (?:i|we) (?:get out of|leave|cancel|close|terminate|opt out)\b
    (?:get|getting|got) out of (?:my|this|the) (?:contract|plan|membership)\b
    (?:given|gave|giving|handed in) (?:you |them )?(?:my |our )(?:\w+ )?notice\b
    (?:port(?:ed|ing)) (?:my|our|out)\b
    boycott?\w*
    des?instal\w+|deinstallier\w+|d[eé]sinstall\w+|disinstall\w+
    (?:de|la|solicito|tramitar|pedir) baja (?:de|del|al|el|la|en|inmediata)\b
    (?:darnos|damos|dimos|di|doy) de baja\b
    no (?:vuelvo|volvemos|volver[eé]|volveremos|regreso|renuevo|renovamos|renovar[eé])(?: m[aá]s| nunca)?\b
    (?:cambio|cambiamos|cambi[eé]|cambiado|cambiar|cambiarme) de (?:compa[nñ][ií]a|operador\w*|banco|comercializadora|aseguradora|gimnasio|proveedor\w*|seguro)\b
    (?:chao|chau|adi[oó]s|hasta nunca),? (?:@user|peluquer[ií]a|banco|gimnasio)
    (?:cerrar|cierro|cerr[eé]) (?:mi|la) cuenta|portabilidad|portabilit[aàeé]|un client[ea] menos\b
    (?:fue|ser[aá]|va a ser|es) (?:mi|nuestr[oa]|el|la) [uú]ltim[oa] (?:pedido|compra|visita)\b
    (?:me|nos) (?:largo|largamos|borro|desuscrib\w+|desapunto)\b
    konto (?:\w+ )?(?:schlie(?:ss|ß)en|gel[oö]scht|l[oö]schen|aufl[oö]sen|aufgel[oö]st|geschlossen)
    bin (?:dann )?(?:weg|raus)\b
    (?:sonder|au(?:ss|ß)erordentlich\w* ?)k[uü]ndig|kuendig|gekuendigt
    beend(?:e|en|et) (?:\w+ ){0,4}\w*(?:abo|vertrag|mitgliedschaft|abonnement)\b
    (?:abbestell|abgemeldet|anbieterwechsel|austreten|ausgetreten|nicht (?:mehr )?verl[aä]nger)
    ist (?:f[uü]r mich )?geschichte\b
    geh(?:e|en)? (?:\w+ ){0,3}(?:zur|zum|zu einem|zu einer) (?:konkurrenz|genossenschaft|ander\w+|mitbewerber)
    (?:auf nimmerwiedersehen|keinen (?:cent|euro) mehr)
    (?:je|on|nous) (?:change|changeons|changerai) (?:d'op[eé]rateur|de (?:banque|fournisseur|marque|salle|compagnie|mutuelle|forfait))
    (?:je|on|nous|vais|va|pars|part|partons|voir|signer|irai) (?:\w+ )?ailleurs\b
    (?:contrat|abonnement|compte) (?:\w+ ){0,2}(?:r[eé]sili[eé]|cl[oô]tur[eé]|supprim[eé])
    (?:r[eé]sili(?:[eé]|ons|ez)|cl[oô]tur(?:e|er|[eé]|ons) (?:\w+ ){0,2}compte|adieu\b|sign[eé] (?:\w+ )?(?:chez|avec) (?:un|une|la|le))
    (?:ne|n'y) (?:renouvelle\w*|reviendr\w+|remettr\w+|prolong\w+) (?:\w+ )?(?:pas|plus)\b
    (?:retire|retirons|retir[eé]|transf[eè]re) (?:mon|notre|mes|nos|ma) (?:argent|[eé]conomies|fils|fille|enfants?|[eé]pargne|compte\w*)
    (?:vous m'avez perdu|un client (?:de|en) moins|ex-client\w*|je vous quitte|d[eé]sinscri\w+)
    (?:mi|ci) avete pers[oaie]\b|un cliente in meno
    (?:recesso|recedere|ripensamento|altrove|addio|me ne vado|ce ne andiamo)\b
    (?:cambio|cambiamo|cambiato|cambier[oò]|cambiare) (?:gestore|operatore|banca|palestra|compagnia|fornitore|assicurazione)
    (?:torno|passo|passiamo|vado) (?:\w+ ){0,2}(?:vecchio gestore|da un altr\w*|con un altr\w*|a un altr\w*)
    chiud(?:o|iamo|ere|er[oò]) (?:\w+ )?(?:conto|account|abbonamento|contratto)
    non (?:rinnovo|rinnoviamo|rinnover[oò]|ci torno|torner[oò])\b
    (?:opgezegd|opzegg\w*|opzeg|overgestapt|overstap(?:boete|service)|uitgeschreven|uitschrijven|be[eë]indig(?:en?)?|annuleer)\b
    zeg (?:\w+ ){0,5}op\b
    stap(?:pen)? (?:\w+ ){0,3}over (?:naar|op)\b
    nooit (?:meer|weer)\b(?! trap)
    (?:laatste (?:keer|bestelling|aankoop)|klant (?:kwijt|minder|verloren)|ex-klant|niet (?:meer )?verleng\w*|vaarwel|geen cent meer)\b
    (?:andere?|nieuwe) (?:aanbieder|provider|leverancier|verzekeraar|sportschool|maatschappij)\b
    (?:naar|bij) de concurren(?:t|tie)\b
    (?:app|account) (?:\w+ )?(?:verwijderd|opheffen|opgeheven)\b
    neemt? (?:\w+ ){0,3}[\w-]*(?:abonnement|contract) (?:\w+ ){0,3}over\b
    (?:mudo|mudei|mudamos|mudar|troquei|trocar|migrei) (?:de|para|pra) (?:o |a )?(?:banco|operadora|academia|seguradora|outr[oa]|fornecedor\w*)
    (?:encerr|fech)(?:ei|ar|o|ando) (?:a |minha |o |meu )+(?:conta|contrato|matr[ií]cula)
    n[aã]o (?:renovo|renovarei|vou renovar|vamos renovar|voltarei|piso mais)\b
    (?:um cliente a menos|ex-cliente|rescis[aã]o|adeus)\b
    (?:foi|ser[aá]|vai ser|[eé]) (?:[oa] )?(?:meu |minha |noss[oa] )?[uú]ltim[oa] (?:compra|pedido|encomenda)\b
    """,
    r"""
    不(?:再)?续(?:费|约|订|卡|了) 别续 退(?:卡|会|网) 换(?:了)?(?:另)?(?:一家|一间) 另一家 告辞 (?:鼠|云|你们)再见 携号转网 銷號 註銷 退訂 抵制 绝交 另找 别再想赚我 卸(?:载|了) 解除安裝 最后一(?:单|顿)
    契約(?:を|は)?(?:終了|打ち切) さようなら 切り替え申し込 乗換 退会 更新(?:は)?(?:しない|せず|やめ) アンインストール アカウント(?:を|は)?(?:消|削除) 不買 ボイコット もう(?:行かない|頼まない|来ない) 最後の(?:注文|利用|買い物) 見切り 縁を切 お別れ mnp
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
