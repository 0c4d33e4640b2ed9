# Import and export.
