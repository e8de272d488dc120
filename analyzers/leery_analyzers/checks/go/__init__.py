"""Rules for Go; one file each."""
