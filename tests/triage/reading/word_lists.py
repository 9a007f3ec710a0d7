"""All word lists of the room, for tests that hold for each."""

from triage.reading import alarms, asking, danger, figures, follow_ups, hazards, hurt, leaving, questions
from triage.reading.lexicon import WordList

_TABLES = (alarms, asking, danger, figures, follow_ups, hazards, hurt, leaving, questions)
WORD_LISTS = list(
    {id(value): value for table in _TABLES for value in vars(table).values() if isinstance(value, WordList)}.values()
)
