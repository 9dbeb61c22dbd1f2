"""The reports of commands: results and studies as sections for people and plain data for programs."""
