"""Words that must never be overlooked."""

import pytest

from triage.reading.rules import speaks_of_danger, speaks_of_leaving


@pytest.mark.parametrize(
    "text",
    [
        "The kettle caught fire this morning",
        "my sister is in hospital after eating this",
        "the toaster exploded in my kitchen",
        "I got an electric shock from the lamp",
        "there was a piece of glass in the soup",
        "I want to end my life",
        "All passwords were stolen in the attack",
        "La lavadora se incendió anoche",
        "Der Toaster hat Feuer gefangen",
        "La bouilloire a pris feu",
        "水壶爆炸了，孩子被烧伤",
        "ケトルから発火しました",
    ],
)
def test_danger_is_noticed_in_every_language_of_the_rules(text: str) -> None:
    assert speaks_of_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "this playlist is fire",
        "she is on fire tonight, third goal",
        "I'm dying, this is so funny",
        "fire sale on all sofas",
        "the cake was a bomb, loved it",
        "my parcel is late again",
        "这个蛋糕太好吃了",
    ],
)
def test_talk_of_fire_that_burns_nobody_is_left_alone(text: str) -> None:
    assert not speaks_of_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am cancelling my subscription",
        "closing my account today",
        "we're switching to another provider next month, switching providers is easy",
        "you have just lost a customer",
        "never again, goodbye",
        "Me doy de baja hoy mismo",
        "Ich kündige meinen Vertrag",
        "Je résilie mon contrat",
        "我要注销账户",
        "もう解約します",
    ],
)
def test_leaving_is_noticed_in_every_language_of_the_rules(text: str) -> None:
    assert speaks_of_leaving(text)


@pytest.mark.parametrize(
    "text", ["I closed the window", "the subscription is great", "never had a problem", "新账户很好"]
)
def test_staying_customers_are_left_alone(text: str) -> None:
    assert not speaks_of_leaving(text)
