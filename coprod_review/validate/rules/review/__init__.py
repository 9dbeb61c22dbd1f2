"""Rules about the claims of the review, its recommendations, and the benchmarks."""
