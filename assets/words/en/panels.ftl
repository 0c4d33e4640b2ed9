# (panels)
