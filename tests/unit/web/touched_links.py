"""Links as programs left them: each with the link that it means, and words of what is said, or None where nothing is.

Data of test_mending.py; a link that means "" is the page's usual settings.
"""
A = "data=circle&layers=10-relu,8-tanh&lr=0.1&seeds=1-2-3-4"  # what most of them were
HTML, ONCE, OTHER, AROUND = "HTML's &amp; for &", "encoded once too often", "other signs between", "quotes, brackets or punctuation"
DASHES, CASE, BLANKS, HIDDEN = "typographic dashes", "upper case", "blanks", "invisible characters"
WIDE, MAIL, NUMBER, BEHIND, NOTHING = "full-width", "=3D", "a number's form", "words behind it", "Nothing of this link was understood"

TOUCHED = [
    # entities between the pairs
    ("#v=1&amp;" + A.replace("&", "&amp;"), A, HTML), ("#v=1&#38;" + A.replace("&", "&#38;"), A, HTML),
    ("#v=1&#x26;" + A.replace("&", "&#x26;"), A, HTML), ("#v=1&#X26;" + A.replace("&", "&#038;"), A, HTML),
    ("#v=1&amp;amp;" + A.replace("&", "&amp;amp;"), A, HTML), ("#" + A.replace("&", "&AMP;"), A, HTML),
    ("#v=1&amp;amp;amp;" + A, A, HTML), ("#" + A.replace("&", "&amp;&amp;"), A, HTML), ("#" + A + "&quot;", A, HTML), ("#" + A + "&gt;", A, HTML),
    ("#" + A + "&#39;&gt;", A, HTML), ("#" + A.replace("-", "&ndash;"), A, DASHES), ("#" + A.replace("-", "&#8211;"), A, DASHES),
    ("#" + A.replace("-", "&#x2013;"), A, DASHES), ("#" + A.replace("&", "\\u0026"), A, HTML), ("#" + A.replace("=", "\\u003d"), A, HTML),
    ("#" + A.replace("=", "&equals;"), A, HTML), ("#v=1%26amp%3B" + A, A, OTHER), ("#lr=0.1&nbsp;", "lr=0.1", HTML),
    ("#arrays-text=%5B1%5D&amp;lr=0.1", "arrays-text=%5B1%5D&lr=0.1", HTML), ("#lr=0.1&amp;arrays-text=a%26amp%3Bb", "lr=0.1&arrays-text=a%26amp%3Bb", HTML),
    ("#v=1&arrays-text=%5B1%5D&quot;", "arrays-text=%5B1%5D", HTML),
    # dashes, blanks and characters nobody sees
    ("#" + A.replace("-", "–"), A, DASHES), ("#" + A.replace("-", "—"), A, DASHES), ("#" + A.replace("-", "−"), A, DASHES),
    ("#" + A.replace("-", "‑"), A, DASHES), ("#" + A.replace("-", "‒"), A, DASHES), ("#" + A.replace("-", "‐"), A, DASHES),
    ("#" + A.replace("-", "%E2%80%93"), A, DASHES), ("#" + A.replace("-", "－"), A, DASHES), ("#" + A.replace("-", "â€“"), A, "another encoding"),
    ("#neuron-weight=−1.5", "neuron-weight=-1.5", DASHES), ("#neuron–weight=1.5", "neuron-weight=1.5", "signs around a name"),
    ("#seeds=1-\u00ad1-\u00ad1-\u00ad1", "seeds=1-1-1-1", HIDDEN), ("#data=cir\u200bcle", "data=circle", HIDDEN), ("#data=circle\ufeff", "data=circle", HIDDEN),
    ("#\ufeffdata=circle", "data=circle", "signs around a name"), ("#data=circle\u200e&lr=0.1", "data=circle&lr=0.1", HIDDEN),
    ("#data=circle%E2%80%8B", "data=circle", HIDDEN), ("#layers=10-relu,\u00a08-tanh", "layers=10-relu,8-tanh", BLANKS),
    ("#layers=10-relu,%0A8-tanh", "layers=10-relu,8-tanh", BLANKS), ("#lay%0D%0Aers=10-relu", "layers=10-relu", "signs around a name"),
    ("#data = circle & lr = 0.1", "data=circle&lr=0.1", BLANKS), ("#data=%20circle%20&lr=%200.1", "data=circle&lr=0.1", BLANKS),
    ("#data=+circle&layers=10-relu,+8-tanh", "data=circle&layers=10-relu,8-tanh", BLANKS), ("#split=60 - 20 - 20", "split=60-20-20", BLANKS),
    ("#split=60+-+20+-+20", "split=60-20-20", BLANKS), ("#data=circle\n&lr=0.1\n", "data=circle&lr=0.1", BLANKS),
    ("#features=x, y, xy", "features=x,y,xy", BLANKS), ("#hide=seeds, test", "hide=seeds,test", BLANKS), ("#neuron-data=1,1; 0,0.5", "neuron-data=1,1;0,0.5", BLANKS),
    ("#dot-a=1, 2/3, 4", "dot-a=1,2/3,4", BLANKS), ("#weights=abc%0D%0Adef", "weights=abcdef", BLANKS),
    # around it, and behind it
    *[("#" + A + sign, A, AROUND) for sign in ")],.>;!?\"'…”’*_»"], ("#" + A + ").", A, AROUND), ("#" + A + "**", A, AROUND), ("#" + A + ">,", A, AROUND),
    ("#" + A + "/", A, AROUND), ("#" + A + "%22", A, AROUND), ("#" + A + "%3E", A, AROUND), ("#" + A + "\\", A, AROUND), ("#" + A + "`", A, AROUND),
    ("#(" + A + ")", A, AROUND), ("#<" + A + ">", A, AROUND), ("#“" + A + "”", A, AROUND), ("#**" + A + "**", A, AROUND), ("#[" + A + "]", A, AROUND),
    ("#layers=“64-relu”", "layers=64-relu", AROUND), ("#data='circle'&lr=\"0.1\"", "data=circle&lr=0.1", AROUND),
    ("#layers=8-leaky\\_relu", "layers=8-leaky_relu", "backslashes"), ("#data=breast\\_cancer", "data=breast_cancer", "backslashes"),
    ("#dot\\-seed=3", "dot-seed=3", "signs around a name"), ("#lr=0.1)</a>", "lr=0.1", BEHIND), ("#lr=0.1\" target=blank", "lr=0.1", BEHIND),
    ("#seeds=1-2-3-4 and press play", "seeds=1-2-3-4", BEHIND), ("#data=circle (see below)", "data=circle", BEHIND),
    ("#weights=abc-_9).", "weights=abc-_9", AROUND), ("#lr=5.", "lr=5", None), ("#arrays-text=%5B1%5D)", "arrays-text=%5B1%5D)", None),
    ("#arrays-text=%5B1%5D.&data=circle.", "arrays-text=%5B1%5D.&data=circle", AROUND), ("#code-text=A%20%E2%80%93%20B", "code-text=A%20%E2%80%93%20B", None),
    ("#arrays-text=“a”", "arrays-text=“a”", None),
    # encoded
    ("#" + A.replace("=", "%3D"), A, ONCE), ("#" + A.replace("=", "%3D").replace("&", "%26"), A, ONCE),
    ("#" + A.replace("=", "%253D").replace("&", "%2526"), A, ONCE), ("#v=1%26" + A.replace("&", "%26"), A, OTHER),
    ("#layers=10-relu%252C8-tanh", "layers=10-relu,8-tanh", ONCE), ("#layers=10-relu%25252C8-tanh", "layers=10-relu,8-tanh", ONCE),
    ("#layers=10%252Drelu", "layers=10-relu", ONCE), ("#%76=1&%64ata=circle", "data=circle", "signs around a name"),
    ("#layers=10-relu%2C8-tanh", "layers=10-relu,8-tanh", None), ("#data%3Dcircle&arrays-text%3D%255B1%255D", "data=circle&arrays-text=%5B1%5D", ONCE),
    ("#arrays-text=%255B1%255D", "arrays-text=%255B1%255D", None), ("#layers=10-relu%25 2C8-tanh", "", "is used instead"),
    ("#v=3D1&data=3Dcircle&lr=3D0.1", "data=circle&lr=0.1", MAIL), ("#lr＝0.1&data＝circle", "lr=0.1&data=circle", "other signs"),
    # upper case
    ("#DATA=Spiral", "data=spiral", CASE), ("#V=1&DATA=CIRCLE&LR=0.1", "data=circle&lr=0.1", CASE), ("#Layers=64-ReLU,8-Tanh", "layers=64-relu,8-tanh", CASE),
    ("#data=Circle&opt=SGD", "data=circle&opt=sgd", CASE), ("#dot-a=2X3", "dot-a=2x3", CASE), ("#Arrays-Text=ABC", "arrays-text=ABC", CASE),
    ("#hide=Seeds,TEST", "hide=seeds,test", CASE), ("#neuron_weight=1", "neuron-weight=1", "signs around a name"),
    # other separators, other beginnings
    ("#" + A.replace("&", ";"), A, OTHER), ("#" + A.replace("&", ","), A, OTHER), ("#" + A.replace("&", " "), A, OTHER), ("#" + A.replace("&", "; "), A, OTHER),
    ("#" + A.replace("&", "|"), A, OTHER), ("#" + A.replace("&", "?"), A, OTHER), ("#" + A.replace("&", "\n"), A, OTHER), ("#" + A.replace("=", ":"), A, OTHER),
    ("?v=1&" + A, A, "? in place of #"), ("#?v=1&" + A, A, "signs around a name"), ("#!v=1&" + A, A, "signs around a name"), ("##" + A, A, None),
    ("#/v=1&" + A, A, "signs around a name"), ("#%23v=1&" + A, A, "signs around a name"),
    ("#https://example.org/lab/#v=1&" + A, A, "a whole address"), ("#https://example.org/lab/?a=b#v=1&" + A, A, "a whole address"),
    ("#http://localhost:8000/?v=1&" + A, A, "a whole address"), ("#https%3A%2F%2Fexample.org%2F%23" + A.replace("=", "%3D").replace("&", "%26"), A, "a whole address"),
    ("#<https://example.org/#" + A + ">", A, "a whole address"), ("#www.example.org/#" + A, A, "a whole address"),
    # numbers and full-width characters
    ("#lr=0,01", "lr=0.01", NUMBER), ("#lr=1·10⁻³", "", "is used instead"), ("#points=1,000", "points=1000", NUMBER), ("#points=1 000", "points=1000", NUMBER),
    ("#lr=1,000", "", "can mean 1000 or 1.000"), ("#ｌｒ=０．０１", "lr=0.01", WIDE), ("#data=ｃｉｒｃｌｅ", "data=circle", WIDE), ("#batch=１６", "batch=16", WIDE),
    ("#batch=٣", "", "is not a whole number"), ("#lr=nan", "", "is not a number"), ("#lr=1_0", "", "is not a number"), ("#noise=.3,", "noise=0.3", AROUND),
    # mistyped, unknown, nothing
    ("#lerning=0.1", "", "'lerning' is no setting of this page; do you mean lr?"), ("#learningrate=0.1", "", "do you mean lr?"),
    ("#epoch=3&data=circle", "data=circle", "'epoch' is no setting of this page; do you mean epochs?"), ("#layer=8-relu", "", "Do you mean layers=8-relu?"),
    ("#nois=0.2&data=circle", "data=circle", "do you mean noise?"), ("#dataset=circle", "", "do you mean data?"), ("#pionts=50&bacth=3", "", "do you mean points, batch?"),
    ("#foo=1", "", NOTHING), ("#foo", "", "'foo' is not key=value"), ("#v=1&foo=1", "", NOTHING), ("#data=circle&foo=1", "data=circle", None), ("#v=1", "", None),
    ("#utm_source=mail&fbclid=x", "", None), ("#v=1&guide=4.2&row=t17&embed=1&type=large&rows=x", "", None), ("#data=circle&gclid=1", "data=circle", None),
    ("#data=circle&&lr=0.1&", "data=circle&lr=0.1", None), ("#lr=0.1&lr=0.2", "lr=0.1", None), ("#LR=0.1&lr=0.2", "lr=0.2", CASE), ("#layers=", "layers=", None),
    ("#layers=)", "", "has a layer ')'"), ("#data=", "", "is not one of circle"), ("#v=2&data=circle", "data=circle", "This link is of version 2"), ("#v=1.&data=circle", "data=circle", AROUND),
    # what can be hidden
    ("#hide=lr,seeds", "hide=seeds", "has 'lr', which can't be hidden and is ignored; do you mean learning-rate?"),
    ("#hide=training", "", "do you mean batch, optimizer, learning-rate, regularization, stopping?"), ("#hide=test,everything", "hide=test", "has 'everything', which is not one of task"),
    ("#hide=teest", "", "do you mean test?"), ("#hide=weights,seeds", "hide=seeds", "do you mean init, new-weights?"), ("#hide=learning rate", "", "do you mean learning-rate?"),
    ("#hide=seed", "", "do you mean seeds?"), ("#features=x,z", "features=x", "has 'z', which is not one of x, y"), ("#features=z", "", "x,y is used instead"),
]

PLAYGROUND = ("activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.51710"
              "&showTestData=false&discretize=false&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false"
              "&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false")
