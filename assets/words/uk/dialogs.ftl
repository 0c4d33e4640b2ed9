# (dialogs)
