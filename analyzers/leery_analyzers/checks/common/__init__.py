"""Rules for several languages; one file each."""
