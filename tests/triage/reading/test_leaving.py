"""Words of leaving."""

import pytest

from triage.reading.leaving import leaves
from triage.reading.normalise import normalise


@pytest.mark.parametrize(
    "text",
    [
        "ended up buying a different brand instead",
        "I've given up on you, the kettle goes in the bin",
        "never again, three in two years is enough",
        "That was the last thing I ever buy from you",
        "cancelled my order this morning",
        "you lost a customer today",
        "sending it back for good, got one from someone else",
        "Switched to Corvanta after the second failure",
        "won't be buying from you again",
        "any alternatives to this? I'm done with this brand",
        "Nunca más compro aquí, me paso a otra marca",
        "Han perdido un cliente",
        "fue mi última compra con vosotros",
        "foi a minha última encomenda",
        "Das war das letzte Mal, ich kaufe woanders",
        "Nie wieder! Bin zur Konkurrenz gewechselt",
        "Plus jamais, j'ai acheté une autre marque",
        "Vous avez perdu une cliente",
        "Mai più, ho comprato un'altra marca",
        "Nunca mais compro, mudei para outra marca",
        "再也不会买了，换别的牌子",
        "最后一次买你们家",
        "もう買わない、他社に乗り換えます",
        "二度と使いません",
        "please close our account before the first of the month",
        "direct debit cancelled, your router is by the door",
        "we are looking elsewhere for our car insurance",
        "Hoy mismo cambio de banco",
        "Abgemeldet, das Studio sieht mich nicht mehr",
        "Je change de mutuelle en janvier",
        "Cambio palestra, qui non torno",
        "Ik heb vandaag opgezegd",
        "Vou encerrar a conta amanhã",
        "年底到期就不续了，另找一家",
    ],
)
def test_leaving_is_noticed_in_every_language_of_the_list(text: str) -> None:
    assert leaves(normalise(text).lower())


@pytest.mark.parametrize(
    "text",
    [
        "glad I switched to you, best kettle ever",
        "mi último pedido llegó roto",
        "o meu último pedido ainda não chegou",
        "take my money, when does it ship",
        "the flight was cancelled because of the snow",
        "won't buy any other kettle, this one is perfect",
        "I gave up coffee in January",
        "the last time I saw rain was in May",
        "moved to Berlin last week",
        "no me canso de este color",
        "das neue Modell gefällt mir",
        "la série est finie",
        "que belo dia",
        "新款很好看",
        "新しい色が好き",
        "I quit smoking in March",
        "deze winkel is gezellig",
    ],
)
def test_those_who_stay_are_left_alone(text: str) -> None:
    assert not leaves(normalise(text).lower())
