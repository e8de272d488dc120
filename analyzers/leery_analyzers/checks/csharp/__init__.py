"""Rules for C#; one file each."""
