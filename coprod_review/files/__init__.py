"""Files in and out: only regular files of a limited size are read, and a file is written completely or not at all."""
