"""WORKSPACE: Streamlit's options. Comes in: nothing. Goes out: a Streamlit that does what stands here and nothing else.

Whatever a config.toml in somebody's folder or an environment variable told Streamlit is put back to its default first,
so the folder it is started in changes nothing. Holds the hidden option that carries identity.
"""

import json
from typing import Any

from streamlit import config

from workspace.theme import streamlit_options

IDENTITY_HEADER = "x-quarterdeck-session"
"""Set by `workspace.identity` and by nobody else; a client's own is taken away."""
IDENTITY_KEY = "session"
"""Under which `st.user` holds the header's value."""
IDENTITY_OPTION = "server.trustedUserHeaders"

OPTIONS: dict[str, Any] = {
    IDENTITY_OPTION: {IDENTITY_HEADER: IDENTITY_KEY},
    "server.headless": True,
    "server.showEmailPrompt": False,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.allowRunOnSave": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.maxUploadSize": 5,
    "server.maxMessageSize": 20,
    "browser.gatherUsageStats": False,
    "browser.serverAddress": "localhost",  # else a refused origin makes Streamlit ask the network for its own address
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.showSidebarNavigation": False,
    "runner.magicEnabled": False,
    "logger.level": "warning",
    "logger.hideWelcomeMessage": True,
    "secrets.files": [],
}


class OptionsError(Exception):
    """This Streamlit cannot be used safely; the text says what is missing."""


def set_options() -> None:
    """Put Streamlit's options in order. Raises `OptionsError` where this Streamlit does not know one of them."""
    known = config.get_config_options()
    wanted = OPTIONS | streamlit_options()
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise OptionsError(f"this Streamlit has no option {', '.join(unknown)}; install the version we depend on")
    for name, option in list(known.items()):
        value = wanted.get(name, option.default_val)
        if _differs(option.value, value):
            config.set_option(name, value)


def check_options() -> None:
    """Raise `OptionsError` if identity does not come from our header alone."""
    told = config.get_option(IDENTITY_OPTION)
    if told != OPTIONS[IDENTITY_OPTION]:
        raise OptionsError(f"{IDENTITY_OPTION} is not what Quarterdeck set: nobody's identity could be trusted")


def _differs(one: Any, other: Any) -> bool:
    return json.dumps(one, default=str) != json.dumps(other, default=str)
