"""Rules about ids, references and files: each work is entered once and under its own name."""
