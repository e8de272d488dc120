"""What is Java's own: its lowering to IR and its library."""
