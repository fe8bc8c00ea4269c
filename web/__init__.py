"""The web side of nncore lab: the page in `page/`, and in `bundle/` the steps that turn it into a site."""
