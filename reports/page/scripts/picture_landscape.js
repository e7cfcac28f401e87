// Picture: landscape
