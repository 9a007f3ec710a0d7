"""TESTS: a mention's whole way round, from the public post to the figure in the report, platforms and all."""
