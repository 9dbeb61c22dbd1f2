"""Files: text and documents are written completely or not at all."""
