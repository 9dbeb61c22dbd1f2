"""Everything that ``validate`` does: rules run over a base, diagnostics, fixes, formats and the catalogue."""
