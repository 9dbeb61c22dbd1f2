"""Sentences that the program makes from figures."""
