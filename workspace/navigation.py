"""WORKSPACE: which screens there are and who sees them. Comes in: a role. Goes out: the screens, in order.

A screen that is not listed for a role does not exist for it. Whoever comes in by its address sees the first of theirs;
the verbs check the role again.
"""

from dataclasses import dataclass
from pathlib import Path

from models.values import Role

FOLDER = Path(__file__).parent / "screens"
EVERYBODY = frozenset(Role)
MANAGERS = frozenset({Role.MANAGER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: one file in workspace/screens/."""

    title: str
    file: str
    roles: frozenset[Role]
    path: str
    """What stands in the address; empty for the first."""

    @property
    def script(self) -> Path:
        """Its file."""
        return FOLDER / self.file


SCREENS = (
    Screen("Queue", "queue.py", EVERYBODY, ""),
    Screen("Reports", "reports.py", MANAGERS, "reports"),
    Screen("Sources", "sources.py", EVERYBODY, "sources"),
    Screen("Team", "team.py", EVERYBODY, "team"),
)


def screens_for(role: Role) -> list[Screen]:
    """The screens this role sees, in order; only those whose file is there."""
    return [s for s in SCREENS if role in s.roles and s.script.is_file()]
