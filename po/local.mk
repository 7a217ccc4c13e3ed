# Files of po/.
