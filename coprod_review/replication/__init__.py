"""Points that a review states, counted again in the base."""
