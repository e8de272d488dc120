"""Rules for Java; one file each."""
