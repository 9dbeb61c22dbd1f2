"""Rules about codes and findings that contradict each other, or lack a reason or a source."""
