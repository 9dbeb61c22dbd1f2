"""What ``why`` shows: one number opened into what it counts, with the codes and findings behind it."""
