"""The headless hand: which job is due and who runs it.

Comes in: rows that are due. Goes out: polls, imports, readings, wake-ups and scores, each in a transaction of its own.
Every job is a plain function that is harmless to repeat; nothing is remembered outside the database.
"""
