"""Briefings: a template filled with passages from a base, and a briefing checked against the base again."""
