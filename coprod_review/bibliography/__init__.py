"""References and citations: records read and written, citations formatted, drafts of new studies."""
