# Import and export.

command-save-paper = Save as a page or picture…
command-save-paper-hint = The annotated article as PDF, HTML, SVG or PNG
paper-title = Save as a page or picture
paper-about = The text with its spans, chips and a legend, on white paper.
paper-pdf = PDF, pages of A4 to print or send
paper-html = HTML, one page for a browser
paper-svg = SVG, a picture that can be scaled, for slides
paper-png = PNG, a picture of dots
paper-chips = Chips with labels and key fields
paper-selection = Only the selected text
paper-file = File
paper-there = There is a file of this name already
paper-overwrite = Write over the file that is there
paper-no-name = Write the name of a file
paper-no-folder = There is no such folder
paper-save = Save
notice-paper-saved = Saved as { $path }
notice-paper-refused = Not saved: { $why }
