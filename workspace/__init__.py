"""WORKSPACE: the screens over listening, triage, responding and reports, one file a screen.

Comes in: what a signed-in person does. Goes out: verbs of the rooms below, and plain dictionaries to components.
Holds no SQL and no rules, and never gives the words of others to anything that reads markup.
"""
