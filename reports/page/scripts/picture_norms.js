// Picture: norms
