"""How long X says a text is."""

import pytest

from sandbox.x_length import weighted_length


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("kettle", 6),
        ("Grüße, señor", 12),
        ("cafe\u0301", 4),
        ("水壶漏水", 8),
        ("ケトル", 6),
        ("…", 2),
        ("“quoted”", 8),
        ("😀", 2),
        ("👍🏽", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇩🇪🇫🇷", 4),
        ("1️⃣", 2),
        ("☕ tea", 6),
        ("https://example.org", 23),
        ("https://example.org/" + "a" * 300, 23),
        ("see https://example.org/a, please", 35),
        ("form: example.org/batch-44", 29),
        ("ana@example.org", 15),
        ("v1.7 and e.g. this", 18),
    ],
)
def test_letters_emoji_and_addresses_weigh_what_x_says(text: str, weight: int) -> None:
    assert weighted_length(text) == weight
