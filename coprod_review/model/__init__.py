"""The data model of an evidence base: citations, studies, codebook, benchmarks, the review and the base itself."""
