"""Sentences about one figure, which analyses, reports and briefings share."""
