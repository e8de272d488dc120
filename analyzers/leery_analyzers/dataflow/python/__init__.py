"""What is Python's own: its lowering to IR and its library."""
