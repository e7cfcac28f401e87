// Picture: precision
