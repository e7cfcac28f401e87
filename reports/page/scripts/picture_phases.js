// Picture: phases
