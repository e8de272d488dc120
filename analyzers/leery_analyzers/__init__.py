"""Text in, findings out: knows no LSP, no editor, no provenance and keeps no state on disk."""
