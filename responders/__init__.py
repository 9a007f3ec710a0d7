"""RESPOND: a person's words → one public reply, exactly once in effect; or a hand-off that is noticed.

Comes in: a conversation and a text somebody approved. Goes out: a post on the platform, and what became of it, kept on
the row. Never posts on its own account: every public word was approved by a person, and none is sent twice by itself.
"""
