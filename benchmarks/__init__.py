"""Benchmarks: synthetic bases of any size, and a runner that times commands on them."""
