"""The nouns: one SQLModel table a file, the database, the migrations.

Comes in: rows. Goes out: rows. The nouns know no rule: rules stand in the rooms that use them.
"""

from models.account import Account
from models.author import Author, Mute
from models.brand import Brand, Target
from models.conversation import Closure, Conversation, Wait
from models.event import Event
from models.learning import Correction, Embedding, LearnedHead, Learning
from models.lease import Lease
from models.mention import Mention, MentionFind, MentionVersion, Placement, Thread
from models.reading import Reading
from models.response import Draft, Note, Response, ResponseAttempt
from models.signin import Installation, SignIn, SignInFailure
from models.source import Gap, Poll, Source
from models.spending import Spending
from models.user import User

__all__ = [
    "Account",
    "Author",
    "Brand",
    "Closure",
    "Conversation",
    "Correction",
    "Draft",
    "Embedding",
    "Event",
    "Gap",
    "Installation",
    "LearnedHead",
    "Learning",
    "Lease",
    "Mention",
    "MentionFind",
    "MentionVersion",
    "Mute",
    "Note",
    "Placement",
    "Poll",
    "Reading",
    "Response",
    "ResponseAttempt",
    "SignIn",
    "SignInFailure",
    "Source",
    "Spending",
    "Target",
    "Thread",
    "User",
    "Wait",
]
