"""TRIAGE, training: how the shipped weights are made. Not imported at run time."""
