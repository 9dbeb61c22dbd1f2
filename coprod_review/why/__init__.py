"""The reports of ``why``: what one number counts, with the codes and findings behind it."""
