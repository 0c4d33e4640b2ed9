# The article view: overview, heading, going to a place, saving a picture of it.
font-title = Font of the article
font-about = Letters that a font lacks are taken from other fonts. The menus keep theirs.
font-size = Size in points
font-serif = Built in, with serifs
font-sans = Built in, without serifs
font-of-system = On this computer
font-search = Search by name
font-listing = Looking for the fonts of this computer…
font-none = No font is called that
font-done = Done
