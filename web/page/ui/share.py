"""What there is to say of a link that is shared, besides that it was copied: that it must be taken by hand, that it is
long, that it gives other numbers. Plain Python: share_panel.py shows it.

`sharing` is a dict: `link`, the whole address; `kind`, what is shared with it; `copied`; `changed`, how the run on show was
changed on its way, as the engine tells it, where the link starts one that was not, else "".
"""

LONG = 2000  # characters: from here on chat and mail programs are known to cut a link, or to make no link of it
OPENS = 1000000  # Firefox opens links of about so many characters, Chromium of twice as many
MOST_NAME = 60  # characters of a file's name


def is_long(sharing):
    """Whether some programs may not carry the link whole."""
    return len(sharing["link"]) > LONG


def opens(link):
    """Whether browsers open a link of that length."""
    return len(link) <= OPENS


def is_more_to_say(sharing):
    """Whether the panel is needed at all."""
    return not sharing["copied"] or is_long(sharing) or bool(sharing["changed"])


def sentences(sharing):
    """What there is to say, in the order of its weight."""
    count = "{:,}".format(len(sharing["link"]))
    if not opens(sharing["link"]):
        return ["The link with all weights would have %s characters. Browsers open about %s, so it was not copied."
                % (count, "{:,}".format(OPENS)),
                "A file can keep it for a program of your own to read; this page can't open it again. "
                "Share without weights gives the settings and seeds, which train the same network anew."]
    said = []
    if is_long(sharing):
        said.append("%sThe link has %s characters: chat and mail programs may cut it. A file keeps it whole; "
                    "what stands in it goes into the address bar." % ("Copied. " if sharing["copied"] else "", count))
    if sharing["changed"]:
        said.append("This link starts the run anew with today's settings; yours was changed on the way (%s), so it "
                    "will show other numbers. The link with the weights opens with the numbers you see."
                    % sharing["changed"])
    if not sharing["copied"]:  # last, for the field stands below
        said.append("This browser does not let the page copy. Take the link from here:")
    return said


def file_name(spec):
    """A name for the file that says which run it is of."""
    layers = "-".join("%d-%s" % (neurons, activation) for neurons, activation, _ in spec["layers"])
    name = "nncore-lab-%s-%s" % (spec["data"], layers or "no-hidden-layer")
    return name[:MOST_NAME].rstrip("-") + ".txt"
