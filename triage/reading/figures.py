"""TRIAGE, reading: fire that burns nobody: figures of speech, and laughter.

Tables only; `danger.py` takes figures out before it looks for danger, and believes laughing texts less.
"""

# ruff: noqa: E501 - an alternative stays on one line
from __future__ import annotations

from triage.reading.lexicon import one_of

# One alternative a line, each from the start of a word; Chinese and Japanese apart, separated by spaces.
FIGURES = one_of(
    r"""
    (?:s?he|they|you|we|i|team|band|bench|offen[cs]e|squad)(?:'s|'re|'m| is| are| was| were| am)? (?:\w+ )?on fire\b
    (?:boys|girls|lads|guys|season|playlist|beat|mixtape)(?:'s|'re|'m| is| are| was| were| am)? (?:\w+ )?on fire\b
    (?:album)(?:'s|'re|'m| is| are| was| were| am)? (?:\w+ )?on fire\b
    (?:heart|hearts|soul|world|dance ?floor|stage|internet|feet|legs|lungs) (?:is |are |was |were )?on fire\b
    (?:muscles?|thighs|crowd|pants|bank account|wallet|my eyes) (?:is |are |was |were )?on fire\b
    (?:wallet|credit card|calories) (?:is |was )?(?:on fire|smoking|bleeding)
    (?:set|light|sets|lit) (?:the )?(?:world|stage|internet|dance ?floor|charts|night) (?:alight|on fire|ablaze)
    explod(?:e|ed|ing|es) (?:with|in|into|onto|on (?:social|twitter|tiktok|the (?:scene|internet))|of) (?:joy|laughter|flavou?r|popularity|applause|cheers|colou?r|media|tiktok|twitter|the scene|the internet|song|laughs)
    (?:mentions|phone|dms?) (?:\w+ ){0,2}(?:explod(?:e|ed|ing|es)|blew up|blowing up|melt(?:s|ed|ing)?)
    (?:notifications|inbox|head|mind) (?:\w+ ){0,2}(?:explod(?:e|ed|ing|es)|blew up|blowing up|melt(?:s|ed|ing)?)
    (?:brain|timeline|twitter|heart) (?:\w+ ){0,2}(?:explod(?:e|ed|ing|es)|blew up|blowing up|melt(?:s|ed|ing)?)
    (?:ovaries) (?:\w+ ){0,2}(?:explod(?:e|ed|ing|es)|blew up|blowing up|melt(?:s|ed|ing)?)
    (?:mind|head) (?:is |was )?(?:blown|blowing)
    blow(?:s|n|ing)? (?:my|your|his|her) mind
    (?:heart|face|brain|in (?:my|your) mouth|like butter|cheese|chocolate|butter) (?:\w+ )?melt(?:s|ed|ing)?\b
    (?:ice ?cream|snow|ice|hearts?) (?:\w+ )?melt(?:s|ed|ing)?\b
    melt(?:s|ed|ing)? (?:in (?:my|your|the) mouth|my (?:heart|brain|face)|like|cheese|chocolate|butter|into (?:a puddle|the sofa|my bed))
    (?:dying|died) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    (?:dead) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    (?:suffocating) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    (?:choking) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    (?:crying) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    (?:bleeding) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    (?:vomiting) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    (?:fainted) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    (?:collapsed) (?:of|from|with|at|on) (?:laugh\w*|cuteness|boredom|embarrassment|the cuteness|joy|excitement)
    burn(?:ed|t|ing|s)? (?:through|off|out|some|those|the|a (?:lot of|few)|\d+) ?(?:\w+ )?(?:calories?|money|cash|cd|cds|fat|carbs|candle|the midnight oil|budget|season|episodes?|battery|data|bridges?|kcal|dvd)?\b(?! (?:hole|my hand|cable|cord))
    burned (?:into|in) my (?:brain|memory|mind|retina)
    (?:sick|third[- ]degree) burn (?:from|on you|by|of)
    feel(?:s|ing)? the burn
    burning (?:question|desire|passion|love|up the|rubber)
    (?:fire|bomb|killer|dope|sick|toxic) (?:playlist|album|track|song|beat|outfit|look|show|mix|party|fit)
    (?:straight|pure|absolute|total|lit|so|is) (?:\w+ )?fire\b(?! (?:hazard|risk|brigade|department|alarm|engine))
    (?:are|too) (?:\w+ )?fire\b(?! (?:hazard|risk|brigade|department|alarm|engine))
    fire (?:sale|fire|emoji|pit|place|works?|stick|tablet|hd|tv|in (?:my|the) belly)\b
    (?:toast|steak|chicken|dinner|cake) (?:\w+ ){0,2}(?:is |was |on |caught )?(?:burn(?:t|ed|ing)|(?:on )?fire)\b
    (?:food|pizza|marshmallow|bread) (?:\w+ ){0,2}(?:is |was |on |caught )?(?:burn(?:t|ed|ing)|(?:on )?fire)\b
    (?:turkey|bacon|garlic|sauce|soup) (?:\w+ ){0,2}(?:is |was |on |caught )?(?:burn(?:t|ed|ing)|(?:on )?fire)\b
    (?:rice|onions|eggs|popcorn) (?:\w+ ){0,2}(?:is |was |on |caught )?(?:burn(?:t|ed|ing)|(?:on )?fire)\b
    burn(?:t|ed|ing)? (?:the |my )?(?:\w+ )?(?:toast|steak|chicken|dinner|cake|food|pizza|coffee taste|bread|turkey|bacon|garlic|sauce|popcorn|tongue|mouth)
    (?:culture|sticker|price|what a|total|shell) shock
    shock(?:ed|ing)? (?:by|at|to (?:see|hear|learn|find)|that|how|news|result|win|absorber|value|horror)
    (?:injury|injured) (?:list|time|report|reserve|prone)
    (?:add|adds|adding) insult to injury
    bleeding (?:edge|heart|hell|love)
    (?:smoking|smoke) (?:hot|area|break|detector|alarm|free|weed|cigarettes|gun|the competition|signals?)
    (?:smoked|smoking|bbq) (?:salmon|ribs|meat|paprika|brisket|chicken|cheese)
    sparks? (?:joy|interest|debate|outrage|conversation|curiosity|creativity|notebook|ar)
    sparks? (?:fly|flying|flew) between
    (?:sparkling|spark plug)
    (?:pop|bang) (?:music|song|star|culture|quiz|up|on|for (?:my|your|the) buck)
    (?:cut|slash(?:ed|ing)?) (?:prices?|jobs|costs?|taxes|budget|it out|corners)
    (?:total|photographic|perfect) recall
    (?:as far as|if|can'?t|cannot|don'?t|do not|i|to|you|we) (?:i |you |we )?recall\b
    (?:dangerous) (?:good|delicious|addictive|tempting|close|cute|comfy|cheap|moreish|woman|game|man|combination|duo|attack|striker|player|free kick|cross|area|levels of)
    (?:dangerously) (?:good|delicious|addictive|tempting|close|cute|comfy|cheap|moreish|woman|game|man|combination|duo|attack|striker|player|free kick|cross|area|levels of)
    (?:that|this|it)(?:'s| is) dangerous,? (?:i'm going|my wallet|for my (?:wallet|bank|diet|waistline))
    (?:stay|be|keep|get home|travel|drive) safe\b
    safe (?:travels|trip|journey|flight|bet|space|place|hands|to say|and sound|mode|haven)
    (?:children'?s|charity|memorial|royal|st\.? \w+|general|animal|fundraiser for the) (?:the )?hospital
    (?:donat\w+ (?:\w+ ){0,4}|volunteer\w* (?:\w+ ){0,4}|work(?:s|ing)? (?:at|in)|working in) (?:the )?hospital
    (?:intern\w* at|shift at|job at|visit(?:ing)? (?:\w+ )?(?:at|in)) (?:the )?hospital
    hospital (?:bag|ball|drama|show|series|food|radio|pass|job|shift|playlist)
    toxic (?:people|relationship|masculinity|person|ex|workplace|fans?|work|positivity|trait|friend\w*|avenger)
    cat(?:ch|ching)? fire (?:the (?:movie|book|film)|premiere|trailer|soundtrack|tonight at|in imax)
    (?:hunger games|mockingjay|movie|film|book|trailer|premiere|soundtrack)\b.{0,30}catching fire
    catching fire\b
    (?:es|est[aá]|est[aá]n|son) (?:un )?(?:fuego|la bomba)
    (?:que me )?quem(?:o|aba) (?:calor[ií]as|las pestañas)
    echa(?:ndo)? humo (?:las redes|twitter|el m[oó]vil)
    (?:ist|war|sind) (?:der|die) (?:hammer|bombe)
    feuer und flamme
    (?:geschmolzen|verbrannt) (?:wie|e kalorien)
    herz (?:ist )?geschmolzen
    (?:cheveux|ambiance|foule|stade) (?:est |était )?en feu
    c'est (?:de la bombe|le feu|une tuerie)
    (?:[eè]|sono) (?:una bomba|la bomba)
    (?:[eé]|est[aá]) (?:uma bomba|pegando fogo o jogo)
    """,
    "炸鸡|爆款|爆炸性|火爆|好吃到爆|美爆|燃爆|笑死|爆笑|爆発的|萌え死|笑い死",
)

JEST = one_of(
    r"""
    face with tears of joy
    rolling on the floor laughing
    skull\b
    lo+l+\b
    lmf?ao+
    rofl
    haha
    (?:ja){2,}
    hihi
    mdr\b
    kkk+
    /s\b
    jk\b
    """,
    "哈哈 笑死 ｗｗ 草$ (?:笑)",
)
