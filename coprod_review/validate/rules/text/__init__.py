"""Rules about the text of a file: characters, line ends and white space."""
