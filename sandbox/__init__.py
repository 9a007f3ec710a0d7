"""Sandbox: a pretend X, Reddit and blog on localhost, for the demo and the tests; it never calls out."""
