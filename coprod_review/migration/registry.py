"""The steps between the formats of a base, and the format that the program reads.

A new step is a module with ``STEP``, and a line in the list.
"""

from coprod_review.migration import base_1_to_2
from coprod_review.migration.step import Step

STEPS: tuple[Step, ...] = (base_1_to_2.STEP,)
"""Every step, from the oldest format to the current one."""

CURRENT = STEPS[-1].target
"""Version of the format that the program reads."""
