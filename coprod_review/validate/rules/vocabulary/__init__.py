"""Rules about terms and the codebook that defines them."""
