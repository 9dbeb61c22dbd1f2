"""Reports: results and studies as sections for people and a payload for programs."""
