"""What is JavaScript and TypeScript's own: its lowering to IR and its library."""
