"""TRIAGE: why nothing can be read. Apart from the models, so that the shell can name it without loading them."""


class ModelUnavailable(RuntimeError):
    """Nothing can be read until a setting or a file is changed; the message says which and how."""
