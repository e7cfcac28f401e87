// Picture: path
