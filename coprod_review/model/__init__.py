"""What an evidence base may say: citations, studies, codebook, benchmarks, the review and the base itself."""
