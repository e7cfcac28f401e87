// Picture: matrices
