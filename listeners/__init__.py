"""Room 1, LISTEN: platform → mentions.

Comes in: a source's row (kind, target, cursor) and the settings. Goes out: a `Batch` of `Post`s with the next cursor.
Normalised at the edge: objects of tweepy, praw and feedparser travel no further than this room. It never decides
what needs an answer, and it never posts.
"""
