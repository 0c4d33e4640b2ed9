# (fields)
