"""What fixes of several rules share: edits of arguments, imports in the place where a file keeps them."""
