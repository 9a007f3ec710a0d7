"""REPORT: figures computed from the stored waits, and their exports.

Comes in: rows read from the database. Goes out: numbers with their intervals, JSON, CSV and tables for people.
This room never changes a row, and no figure of it drops the people who are still waiting.
"""
