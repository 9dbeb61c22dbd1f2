"""Statements of a review, compared with counts and figures of the base."""
