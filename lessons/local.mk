# Files of lessons/.
