"""Room 2, TRIAGE: mention → reading → priority → place in the queue; and every change of status.

Comes in: mentions that LISTEN stored, and what people decide. Goes out: conversations with their waits, in order.
It never talks to a platform and never posts.
"""
