"""MODELS: numbered migrations; each has one purpose and runs in one transaction."""
