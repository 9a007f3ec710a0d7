"""Words of danger, by category."""

import pytest

from triage.reading.danger import CATEGORIES, dangers, jests
from triage.reading.normalise import normalise

YES = [
    ("injury", "the lid blew off and I scalded both forearms, spent four hours in A&E"),
    ("injury", "my husband got a nasty shock off the metal casing"),
    ("injury", "sliced my thumb open on the edge, five stitches"),
    ("injury", "I burnt my palm on the side panel, it was red for days"),
    ("injury", "Me quemé la mano con el vapor, terminé en urgencias"),
    ("injury", "Me dio calambrazo al tocar el botón"),
    ("injury", "Hab mir am Deckel die Finger verbrannt"),
    ("injury", "Mein Mann hat einen Stromschlag bekommen"),
    ("injury", "Je me suis brûlé la main avec la vapeur"),
    ("injury", "J'ai pris une décharge électrique en le branchant"),
    ("injury", "Mi sono scottata con il vapore, siamo andati al pronto soccorso"),
    ("injury", "ho preso la scossa toccando il manico"),
    ("injury", "Queimei a mão com o vapor e fui parar ao hospital"),
    ("injury", "Levei um choque ao ligar na tomada"),
    ("injury", "按开关的时候被电了一下，手都麻了"),
    ("injury", "蒸汽把我妈的手烫伤了"),
    ("injury", "触ったらビリッと感電した"),
    ("injury", "蒸気で娘がやけどをしました"),
    ("fire", "there is a burning smell every time I plug it in"),
    ("fire", "The plug has gone brown and the socket is melted"),
    ("fire", "big bang, blue flash and the fuse blew for the whole flat"),
    ("fire", "it started smoking on the counter after ten minutes"),
    ("fire", "Sparks came out of the base this morning"),
    ("fire", "the cable gets so hot I can't hold it"),
    ("fire", "it overheats and tripped the breaker twice"),
    ("fire", "Huele a quemado y salen chispas del enchufe"),
    ("fire", "saltó el diferencial y el cable está derretido"),
    ("fire", "Der Stecker ist ganz heiß und riecht verschmort"),
    ("fire", "Beim Einschalten gab es einen Knall und die Sicherung flog raus"),
    ("fire", "La prise a fondu et ça sent le brûlé"),
    ("fire", "il y avait de la fumée partout, les plombs ont sauté"),
    ("fire", "La presa si è sciolta, puzza di bruciato"),
    ("fire", "È saltata la corrente e faceva scintille"),
    ("fire", "A ficha derreteu e cheira a queimado"),
    ("fire", "saiu fumaça e o disjuntor caiu"),
    ("fire", "插头烧黑了，一股焦味"),
    ("fire", "用了两次就冒烟跳闸"),
    ("fire", "プラグが溶けて焦げ臭いです"),
    ("fire", "使用中に煙が出てブレーカーが落ちた"),
    ("breakage", "the handle snapped off while it was full of boiling water"),
    ("breakage", "found a shard in my tea, the jug shattered in my hands"),
    ("breakage", "Boiling water leaked all over the counter"),
    ("breakage", "Encontré trozos de vidrio en la taza"),
    ("breakage", "Der Griff ist abgebrochen, kochendes Wasser überall"),
    ("breakage", "Des éclats de verre dans la tasse"),
    ("breakage", "pezzi di vetro nella tazza"),
    ("breakage", "A tampa soltou-se com a água a ferver"),
    ("breakage", "倒开水时把手断了"),
    ("breakage", "お湯を注いだら取っ手が折れた"),
    ("poison", "black mould inside the water tank after a week"),
    ("poison", "the water tastes of chemicals and made my kids sick"),
    ("poison", "I had an allergic reaction to the liner"),
    ("poison", "Tiene moho por dentro"),
    ("poison", "Schimmel im Tank, nach drei Tagen"),
    ("poison", "Le réservoir est moisi"),
    ("poison", "C'è muffa nel serbatoio"),
    ("poison", "Tem mofo no reservatório"),
    ("poison", "水箱里全是霉斑，孩子喝了拉肚子"),
    ("poison", "タンクの内側にカビが生えていた"),
    ("vulnerable", "my toddler nearly grabbed the bare wire, terrifying"),
    ("vulnerable", "our puppy swallowed the rubber foot that came loose"),
    ("vulnerable", "a small part came loose and my baby had it in her mouth"),
    ("warning", "This thing is dangerous, please pull it from sale"),
    ("warning", "is it safe to keep using with the crack?"),
    ("warning", "has this model been recalled? the safety notice mentions my batch"),
    ("warning", "Trading Standards are investigating reports of fires with this brand"),
    ("warning", "Es peligroso, debería retirarse del mercado"),
    ("warning", "Das ist lebensgefährlich, ruft die Geräte zurück"),
    ("warning", "C'est dangereux, il faut un rappel des produits"),
    ("warning", "È pericoloso, va ritirato dal mercato"),
    ("warning", "É perigoso, deviam fazer recall"),
    ("warning", "太危险了，应该召回"),
    ("warning", "危険なのでリコールすべき"),
    ("despair", "I want to end my life"),
    ("threat", "a man with a knife threatened to kill the cashier"),
    ("injury", "the elevator dropped two floors with my father inside"),
    ("injury", "hazelnuts are not on the label anywhere"),
    ("injury", "they gave my aunt the wrong tablets again"),
    ("injury", "El ascensor se soltó y cayó dos pisos"),
    ("injury", "Wir steckten eine Stunde im Aufzug"),
    ("injury", "Les freins ont lâché dans la descente"),
    ("injury", "La mia bici è rimasta senza freni in discesa"),
    ("injury", "O elevador caiu com a minha avó dentro"),
    ("injury", "Mijn zoon heeft een knoopcel ingeslikt"),
    ("injury", "电梯突然下坠，老人吓坏了"),
    ("injury", "台所でガスの臭いがする"),
    ("threat", "your courier followed me to my door and would not leave"),
    ("threat", "Der Fahrer hat meine Schwester begrapscht"),
    ("exposure", "the app shows another customer's address"),
    ("exposure", "Mijn gegevens liggen op straat, wat een datalek"),
    ("exposure", "I logged in and got someone else's order and address"),
]
NO = [
    "she is on fire tonight, third goal",
    "this playlist is fire 🔥🔥",
    "you guys are killing it",
    "the new colour is the bomb",
    "I burned through two seasons last weekend",
    "burned 400 calories before breakfast",
    "dead 😂😂",
    "toast was on fire again because I fell asleep, my own fault",
    "melted my heart, so cute",
    "cheese melted perfectly",
    "this deal blew my mind",
    "does it spark joy?",
    "I'm dying of laughter",
    "dangerously good cookies",
    "fire sale on all sofas",
    "as far as I recall it was blue",
    "safe travels everyone",
    "smoked salmon for lunch",
    "pop music all day",
    "price cut by ten percent",
    "La fiesta estuvo la bomba",
    "das neue Album ist der Hammer",
    "cette soirée, c'est de la bombe",
    "il nuovo disco è una bomba",
    "a festa foi incrível, muito boa",
    "这家店太火爆了",
    "笑死我了，好可爱",
    "この曲は最高すぎる",
    "my parcel is late again",
    "happy talk like a pirate day",
    "my teacher touched my heart with that song",
]


@pytest.mark.parametrize(("category", "text"), YES)
def test_danger_is_found_under_its_category(category: str, text: str) -> None:
    assert category in dangers(normalise(text).lower())


@pytest.mark.parametrize("text", NO)
def test_figures_of_speech_and_everyday_talk_are_left_alone(text: str) -> None:
    assert not dangers(normalise(text).lower())


def test_every_category_has_an_example() -> None:
    assert {category for category, _ in YES} == set(CATEGORIES)


def test_laughter_is_noticed_and_does_not_hide_the_danger() -> None:
    text = normalise("my kettle caught fire 😂 no really, the kitchen is black").lower()
    assert jests(text)
    assert dangers(text)
    assert not jests("the kitchen is black")


def test_a_text_without_spaces_or_ends_is_read_in_time() -> None:
    assert not dangers("a" * 10_000)
    assert not dangers("my baby " * 1_250)
    assert not dangers("the handle " * 900)
