# (commands)
