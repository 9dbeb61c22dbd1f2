"""Every analysis in words: its question, what it found, what is missing, and what may not be concluded."""
