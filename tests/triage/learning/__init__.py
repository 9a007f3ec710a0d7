"""Tests of what is learned from corrections."""
