"""TRIAGE, reading: words that ask, and those that only seem to.

Tables only; `asking.py` reads them. English, Spanish, German, French, Italian, Portuguese, Chinese, Japanese,
a little Dutch and Korean.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

import re

from triage.reading.lexicon import one_of

# One alternative a line, each from the start of a word; Chinese and Japanese apart, separated by spaces.
OPENING = re.compile(
    r"(?:^|[.!?:;…]\s+|@user[\s,:]+|\b(?:hi|hey|hello|hallo|hola|bonjour|ciao|ol[aá]|ok|um|please|pls|question|frage|pregunta"
    r"|domanda|d[uú]vida|guys|folks|there|team)\b[\s,:]+)(?:(?:so|and|und|y|et|e|also|but),? )?(?:"
    r"(?:do|does|did|is|are|can|could|will|would|has|have|should|may|was|were) (?:you|u|we|it|this|that|these|those|the|they"
    r"|there|any|anyone|anybody|somebody|someone|your|my|i)\b"
    r"|(?:does|is|are|can|will|has) [\w'-]+ [\w'-]+ [\w'-]+"
    r"|how (?:long|much|many|do|does|did|can|could|should|would|is|are|big|wide|heavy|often|soon|far|old|late|loud|hot|safe"
    r"|to|come|about|well)\b"
    r"|(?:what|which|where|when|who|whose|why) (?:is|are|do|does|did|can|could|will|would|should|were|has|size|model|colou?r"
    r"|version|kind|type|brand|about)\b"
    r"|(?:where|what|when|who|why)'s (?:the|my|your|this|that|it)\b"
    r"|any (?:idea|ideas|news|update|updates|chance|word|way|tips|advice|recommendations?|suggestions?|info|eta|help)\b"
    r"|(?:cu[aá]ndo|d[oó]nde|cu[aá]nt[oa]s?|cu[aá]l(?:es)?|por qu[eé]|se puede|podr[ií]a|pod[eé]is|ten[eé]is|sab[eé]is) "
    r"|(?:c[oó]mo) (?:se|puedo|hago|puede|s[eé]|lo|la|cambio|va)\b"
    r"|(?:wie|wann|wo|woher|wohin|warum|wieso|weshalb|welche[rsnm]?|gibt(?:'s| es)|kann (?:man|ich|mir|jemand)"
    r"|k[oö]nn(?:t|en|ten) (?:ihr|sie|wir)|habt ihr|haben sie|passt|passen|darf|hat (?:jemand|wer|der|die|das)"
    r"|funktioniert (?:das|der|die|es)|ist (?:das|der|die|es)|sind (?:die|das)) "
    r"|(?:comment|o[uù]|combien|pourquoi|est-ce|est-il|est-elle|y a-t-il|peut-on|puis-je|pouvez-vous|avez-vous|savez-vous"
    r"|faut-il) "
    r"|(?:quanto|quanti|quante|quale|quali|perch[eé]|posso|si pu[oò]|qualcuno|sapete|avete|potete|come (?:si|posso|faccio)) "
    r"|(?:quantos?|qual|quais|por que|algu[eé]m|voc[eê]s (?:t[eê]m|sabem|fazem)|d[aá] (?:para|pra)|tem como|ser[aá] que"
    r"|como (?:fa[cç]o|posso|se)) "
    r"|(?:hoe|wanneer|waarom|welke|kan ik|weet iemand|hebben jullie) "
    r")"
)
SURE = one_of(
    r"""
    (?:any ?(?:one|body)) (?:here |else |out there |there |please )?(?:know|knows|tell|help|explain|got|have|has|had|tried|try|used|using|recommend|advise|confirm|experienced?|else having|else (?:got|had|have|has|get|getting|seeing|noticed|find))\b
    (?:some ?(?:one|body)) (?:here |else |out there |there |please )?(?:know|knows|tell|help|explain|got|have|has|had|tried|try|used|using|recommend|advise|confirm|experienced?|else having|else (?:got|had|have|has|get|getting|seeing|noticed|find))\b
    (?:who) (?:here |else |out there |there |please )?(?:know|knows|tell|help|explain|got|have|has|had|tried|try|used|using|recommend|advise|confirm|experienced?|else having|else (?:got|had|have|has|get|getting|seeing|noticed|find))\b
    (?:does any\w*) (?:here |else |out there |there |please )?(?:know|knows|tell|help|explain|got|have|has|had|tried|try|used|using|recommend|advise|confirm|experienced?|else having|else (?:got|had|have|has|get|getting|seeing|noticed|find))\b
    (?:you guys) (?:here |else |out there |there |please )?(?:know|knows|tell|help|explain|got|have|has|had|tried|try|used|using|recommend|advise|confirm|experienced?|else having|else (?:got|had|have|has|get|getting|seeing|noticed|find))\b
    (?:people) (?:here |else |out there |there |please )?(?:know|knows|tell|help|explain|got|have|has|had|tried|try|used|using|recommend|advise|confirm|experienced?|else having|else (?:got|had|have|has|get|getting|seeing|noticed|find))\b
    (?:folks) (?:here |else |out there |there |please )?(?:know|knows|tell|help|explain|got|have|has|had|tried|try|used|using|recommend|advise|confirm|experienced?|else having|else (?:got|had|have|has|get|getting|seeing|noticed|find))\b
    (?:can) (?:you|u|anyone|anybody|someone|somebody|they|i|we) (?:please |pls |kindly |possibly |at least |just |all )?(?:help|tell|explain|advise|confirm|check|let|send|look|fix|reply|answer|respond|contact|get|make|point|share|clarify|dm|call|ask|use|buy|order|exchange|return|have|still|wash|put|replace|change)\b
    (?:could) (?:you|u|anyone|anybody|someone|somebody|they|i|we) (?:please |pls |kindly |possibly |at least |just |all )?(?:help|tell|explain|advise|confirm|check|let|send|look|fix|reply|answer|respond|contact|get|make|point|share|clarify|dm|call|ask|use|buy|order|exchange|return|have|still|wash|put|replace|change)\b
    (?:would) (?:you|u|anyone|anybody|someone|somebody|they|i|we) (?:please |pls |kindly |possibly |at least |just |all )?(?:help|tell|explain|advise|confirm|check|let|send|look|fix|reply|answer|respond|contact|get|make|point|share|clarify|dm|call|ask|use|buy|order|exchange|return|have|still|wash|put|replace|change)\b
    (?:will) (?:you|u|anyone|anybody|someone|somebody|they|i|we) (?:please |pls |kindly |possibly |at least |just |all )?(?:help|tell|explain|advise|confirm|check|let|send|look|fix|reply|answer|respond|contact|get|make|point|share|clarify|dm|call|ask|use|buy|order|exchange|return|have|still|wash|put|replace|change)\b
    (?:do|does|did|is|are|will|can|has|have) (?:the|your|these|those|this|it|they|you|there|my|i|we) [^.!?]{1,90}\?
    (?:please) (?:tell|let (?:me|us) know|advise|help|explain|confirm|reply|respond|answer|get back|contact|dm|clarify|check|send|sort|fix)\b
    (?:pls) (?:tell|let (?:me|us) know|advise|help|explain|confirm|reply|respond|answer|get back|contact|dm|clarify|check|send|sort|fix)\b
    (?:kindly) (?:tell|let (?:me|us) know|advise|help|explain|confirm|reply|respond|answer|get back|contact|dm|clarify|check|send|sort|fix)\b
    (?:let|tell) (?:me|us) know (?:if|when|how|what|whether|where)\b
    (?:i(?:'d| would)? (?:like|love|want|need)) to (?:know|find out|ask|understand|figure out|check|learn whether)\b
    (?:need|trying|want(?:ed)?|wish|curious) to (?:know|find out|ask|understand|figure out|check|learn whether)\b
    (?:keen) to (?:know|find out|ask|understand|figure out|check|learn whether)\b
    (?:wonder(?:ing|ed)?) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:not sure) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:unsure) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:no idea) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:don'?t know) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:do not know) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:can'?t (?:find|tell|see|figure)) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:cannot find) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:couldn'?t find) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:unclear) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:confused) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:doesn'?t say) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:nowhere (?:says|does it)) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:asking) (?:if|whether|how|what|which|when|where|why|about|anywhere|out|on the (?:box|site|website)|in the manual|for a friend)\b
    (?:how do i|how can i|how to|how long|how much|how many|where can i|where do i|what do i do|which one should)\b
    (?:is it possible|is there (?:a|an|any)|are there any|do i need|should i (?:buy|get|use|return|send|worry))\b
    (?:can i (?:use|still|get|return|exchange|put|wash|order|buy)|will it (?:fit|work|be|come|ship))\b
    (?:quick|a|one|another|my|serious|genuine|stupid|silly|dumb|simple) question\b
    question (?:for|about|to|:)
    (?:help|support) (?:me|needed|please|pls|with my)\b
    (?:who (?:do|can|should) (?:i|we) (?:contact|call|ask|speak|talk|email|write))\b
    (?:advice|recommendations?|suggestions) (?:on|for|about|with|please|welcome|appreciated|needed|wanted)\b
    (?:opinions|experiences?|tips) (?:on|for|about|with|please|welcome|appreciated|needed|wanted)\b
    (?:looking for) (?:some )?(?:advice|recommendations?|help|info|information|a manual|the manual|spare parts?|replacement)\b
    (?:need) (?:some )?(?:advice|recommendations?|help|info|information|a manual|the manual|spare parts?|replacement)\b
    (?:is) (?:it|they|this|these) (?:worth|any good|normal|compatible|dishwasher|waterproof|safe|available|in stock|back in stock|suitable|supposed)\b
    (?:are) (?:it|they|this|these) (?:worth|any good|normal|compatible|dishwasher|waterproof|safe|available|in stock|back in stock|suitable|supposed)\b
    (?:worth (?:it|buying|the money)|any good|known (?:issue|problem)|(?:is this|that) normal)\b[^.!?]{0,40}\?
    (?:alguien|alguno) (?:\w+ )?(?:sabe|tiene|ha|me|puede|conoce|m[aá]s|lo)
    (?:me) (?:pod[eé]is|pueden|puede|puedes|podr[ií]an?|podr[ií]ais) (?:decir|ayudar|confirmar|contestar|responder|indicar)
    (?:nos) (?:pod[eé]is|pueden|puede|puedes|podr[ií]an?|podr[ií]ais) (?:decir|ayudar|confirmar|contestar|responder|indicar)
    (?:quisiera|quer[ií]a|me gustar[ií]a|necesito) (?:saber|preguntar|informaci[oó]n|ayuda)
    (?:una|mi|tengo una) (?:pregunta|duda|consulta)
    (?:no s[eé]|no encuentro|no me queda claro) (?:si|c[oó]mo|cu[aá]l|d[oó]nde|qu[eé])
    (?:cu[aá]nto (?:dura|cuesta|tarda|tiempo|vale|mide)|cada cu[aá]nto|sigue en garant[ií]a)
    (?:wei(?:ß|ss) (?:jemand|einer|wer)|kennt jemand|hat (?:jemand|wer|schon)|kann (?:mir )?(?:jemand|einer|wer))
    (?:jemand (?:eine idee|erfahrung|\w+ erfahrung))
    (?:k[oö]nnt ihr) (?:mir |uns |\w+ )?(?:sagen|helfen|melden|erkl[aä]ren|antworten|best[aä]tigen|pr[uü]fen)
    (?:k[oö]nnten sie) (?:mir |uns |\w+ )?(?:sagen|helfen|melden|erkl[aä]ren|antworten|best[aä]tigen|pr[uü]fen)
    (?:k[oö]nnen sie|bitte) (?:mir |uns |\w+ )?(?:sagen|helfen|melden|erkl[aä]ren|antworten|best[aä]tigen|pr[uü]fen)
    (?:ich )?(?:w[uü]sste|w[uü]rde) gern(?:e)? (?:wissen)?
    (?:kurze|eine|mal ne|mal eine|meine) frage
    (?:frage mich|bin (?:mir )?unsicher|wei(?:ß|ss) nicht),? (?:ob|wie|was|wo|welche)
    (?:wie (?:lange|viel|oft|bekomme|kann|gro(?:ß|ss)|schwer|laut)|ab wann|bis wann|ist (?:das|es) normal)
    (?:quelqu'un|qqn|qui) (?:\w+ )?(?:sait|a d[eé]j[aà]|peut|conna[iî]t|aurait|saurait)
    (?:pouvez|pourriez|peux|pourrais)[- ](?:vous|tu) (?:me |nous |m'|\w+ )?
    (?:j'aimerais|je voudrais|je cherche [aà]|besoin de) savoir
    (?:une|petite|ma) question
    (?:je ne sais pas|je me demande|savoir) (?:si|comment|o[uù]|quel)
    est[- ]ce (?:que|qu'|normal)
    (?:combien de temps|c'est normal|au bout de combien)
    (?:qualcuno|nessuno) (?:\w+ )?(?:sa|ha|pu[oò]|conosce|mi)\b
    (?:potete|potreste|puoi|mi sapete|sapete) (?:\w+ )?(?:dir|aiut|spieg|conferm|rispond)
    (?:vorrei sapere|volevo (?:sapere|chiedere)|una domanda|non (?:so|capisco|trovo) (?:se|come|quale|dove))
    (?:quanto (?:dura|costa|tempo)|[eè] normale)
    algu[eé]m (?:\w+ )?(?:sabe|tem|pode|j[aá]|conhece|a[ií]|mais)
    (?:podem|poderiam|pode|conseguem) (?:me )?(?:dizer|ajudar|confirmar|responder|informar|explicar)
    (?:gostaria de saber|queria saber|uma d[uú]vida|uma pergunta|n[aã]o sei (?:se|como|qual|onde))
    (?:quanto (?:tempo|custa|dura)|[eé] normal)
    """,
    r"""
    吗 么[?？] 呢[?？] 嘛[?？] 请问 請問 怎么(?:办|用|弄|装|洗|换|退|联系|设置|查|取消|才|样|还|回事|不)
    如何 多少 多久 多大 多长 几天 几个月 几年 什么时候 何时 哪里 哪儿 哪个 哪款 哪种 哪些 有没有 能不能 能否
    可不可以
    可否 是不是 会不会 要不要 为什么 为啥 求问 想问 问一下 问下 有人知道 谁知道 有谁 求助 求推荐 咋办 嗎 是否 正常吗 怎麼

    (?:ます|です|でしょう|ません|ました|でした|だろう|の|られる|える|ない)か(?:ね|な)?(?:[。.?？!！\s、」]|$|と(?:思|聞)|教え)
    教えて 知りたい 知ってる(?:人|方) 分かる(?:人|方) わかる(?:人|方) いくら
    いつ(?:頃|ごろ|から|まで|に|届|発|再)
    どうすれば どうしたら どうやって どこで どこに どれくらい どのくらい どれが どちら 何日 何時 何年 質問 誰か ご存知 お尋ね 可能でしょう 나요 까요 인가요 어떻게 언제 얼마 아시는
    """,
)
RHETORIC = one_of(
    r"""
    (?:who)(?:'s| is| are| am i)? (?:else )?(?:watching|excited|ready|going (?:to (?:the|see|watch)|tonight)|coming|awake|up|bored|listening|around|remember\w*|want to hang|wants? to (?:go|come|hang|play|join)|down for|in\b|feel(?:ing)? (?:like|old)|miss(?:es|ing)?|wins?|else (?:is |just |still )?(?:watching|excited|ready|crying|love|loves|awake|going|remember\w*|think\w*|here for|obsessed|feel))\b
    (?:anyone)(?:'s| is| are| am i)? (?:else )?(?:watching|excited|ready|going (?:to (?:the|see|watch)|tonight)|coming|awake|up|bored|listening|around|remember\w*|want to hang|wants? to (?:go|come|hang|play|join)|down for|in\b|feel(?:ing)? (?:like|old)|miss(?:es|ing)?|wins?|else (?:is |just |still )?(?:watching|excited|ready|crying|love|loves|awake|going|remember\w*|think\w*|here for|obsessed|feel))\b
    (?:anybody)(?:'s| is| are| am i)? (?:else )?(?:watching|excited|ready|going (?:to (?:the|see|watch)|tonight)|coming|awake|up|bored|listening|around|remember\w*|want to hang|wants? to (?:go|come|hang|play|join)|down for|in\b|feel(?:ing)? (?:like|old)|miss(?:es|ing)?|wins?|else (?:is |just |still )?(?:watching|excited|ready|crying|love|loves|awake|going|remember\w*|think\w*|here for|obsessed|feel))\b
    (?:is anyone)(?:'s| is| are| am i)? (?:else )?(?:watching|excited|ready|going (?:to (?:the|see|watch)|tonight)|coming|awake|up|bored|listening|around|remember\w*|want to hang|wants? to (?:go|come|hang|play|join)|down for|in\b|feel(?:ing)? (?:like|old)|miss(?:es|ing)?|wins?|else (?:is |just |still )?(?:watching|excited|ready|crying|love|loves|awake|going|remember\w*|think\w*|here for|obsessed|feel))\b
    (?:is anybody)(?:'s| is| are| am i)? (?:else )?(?:watching|excited|ready|going (?:to (?:the|see|watch)|tonight)|coming|awake|up|bored|listening|around|remember\w*|want to hang|wants? to (?:go|come|hang|play|join)|down for|in\b|feel(?:ing)? (?:like|old)|miss(?:es|ing)?|wins?|else (?:is |just |still )?(?:watching|excited|ready|crying|love|loves|awake|going|remember\w*|think\w*|here for|obsessed|feel))\b
    (?:who all)(?:'s| is| are| am i)? (?:else )?(?:watching|excited|ready|going (?:to (?:the|see|watch)|tonight)|coming|awake|up|bored|listening|around|remember\w*|want to hang|wants? to (?:go|come|hang|play|join)|down for|in\b|feel(?:ing)? (?:like|old)|miss(?:es|ing)?|wins?|else (?:is |just |still )?(?:watching|excited|ready|crying|love|loves|awake|going|remember\w*|think\w*|here for|obsessed|feel))\b
    (?:whos)(?:'s| is| are| am i)? (?:else )?(?:watching|excited|ready|going (?:to (?:the|see|watch)|tonight)|coming|awake|up|bored|listening|around|remember\w*|want to hang|wants? to (?:go|come|hang|play|join)|down for|in\b|feel(?:ing)? (?:like|old)|miss(?:es|ing)?|wins?|else (?:is |just |still )?(?:watching|excited|ready|crying|love|loves|awake|going|remember\w*|think\w*|here for|obsessed|feel))\b
    who(?: do you think)? (?:wins|will win|you got|ya got|do you think)
    (?:what (?:did|are|do) (?:you|y'all|u|everyone|everybody)(?: all| guys)? (?:have for|doing|up to|watching|eating|wearing|reading|listening|think (?:of|about) (?:the (?:game|match|show|episode|movie|film))))
    (?:how (?:was|is|are) (?:your|ur|everyone|everybody|u|you|y'all)(?:'s)? ?(?:day|weekend|night|doing|morning|all|feeling)?)(?=[?\s]*$)
    (?:guess (?:what|who)|you know what|remember when|know what i mean|am i right|amirite)(?=[^?]{0,25}\?|$|\s)
    (?:why not|who knew|who cares|says who|what(?:'s| is) (?:up|new|good|life)|really)(?=[^?]{0,25}\?|$|\s)
    (?:seriously|what else is new|is it (?:just me|friday|monday|the weekend)|is it even a)(?=[^?]{0,25}\?|$|\s)
    (?:ain'?t it|innit|what (?:a|an) )(?=[^?]{0,25}\?|$|\s)
    (?:why (?:am i|do i|is (?:my life|life|everyone|monday|he|she)|are (?:men|women|people|boys|girls)|must|would anyone))\b
    (?:did you know|ready (?:to|for)|tired of|want to (?:win|earn|make|save|learn|know more|boost|grow))\b
    (?:looking to|need a (?:gift|boost|hand|break|new job)|fancy a|struggling (?:with|to))\b
    (?:have you (?:heard|seen|watched|met|read))\b
    do (?:you|u|y'all) (?:remember|ever|believe in|think he|think she|like my)\b
    where has (?:it|this) been
    how (?:cute|cool|sweet|lovely|amazing|great|funny|nice|beautiful|adorable|crazy|good) (?:is|are|was|does|would)
    wer (?:schaut|guckt|kommt|ist noch|noch)
    (?:qui|quién|quien|chi|quem) (?:\w+ )?(?:regarde|ve|vient|mira|guarda|assiste|vai ver)
    """,
    r"""
    谁在看 有人一起 你们觉得谁 不香吗 怎么这么(?:好|可爱|美) 谁懂 誰が勝つ 見てる人 一緒に 飲みに行 すごくないですか 可愛すぎ
    """,
)
