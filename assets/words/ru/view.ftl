# The article view: overview, heading, going to a place, saving a picture of it.
