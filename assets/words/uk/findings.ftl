# (findings)
