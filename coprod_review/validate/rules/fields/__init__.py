"""Rules about the content of single fields."""
