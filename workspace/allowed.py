"""WORKSPACE: what a role may look at. Comes in: the least role. Goes out: the person, or an end of the script.

Navigation hides a screen; this refuses it, whatever address somebody came by. Verbs check once more before they change.
"""

import streamlit as st

from models.values import Role
from workspace.session import Person, signed_in

SORRY = {
    Role.MANAGER: "This is for managers and admins. An admin of this workspace can change what your account may do.",
    Role.ADMIN: "This is for admins. An admin of this workspace can change what your account may do.",
}


def at_least(role: Role) -> Person:
    """Whoever is signed in, if they may what that role may. Else it says so and stops, so nothing below it runs."""
    who = signed_in()
    if not who.is_at_least(role):
        st.text(SORRY.get(role, "This is not for your account."))
        st.stop()
    return who
