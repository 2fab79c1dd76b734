"""Understands what a citizen wrote: text in, judgement out. Begin with `classify.open_classifier`.

labels    the fourteen labels and six flags        flags, rules   the flags that readable rules find
clean     what no eye sees, one way of writing     reasons        the words that decided
words     words that remember their place          corpus         the labelled messages
segment   underthesea's words of many syllables    counts, fit    tables and weights, for training only
lexicon   those words, learned and matched         keyboards      the same message as other hands would type it
views     a message seen from two sides            train, store   training and keeping a model
model     scores with numpy alone                  recipe         names for all that decides a judgement
evidence  how much a message says at all           evaluate       honest figures
classify  the judgement                            report         tables and pictures of figures
phrasing  reasons that can be read                 agreement      how far two readers agree
command   `congvu classify`, line by line
batch, crew, lines   the same for many lines, on all processors

corrections, home    what an office lets the classifier learn, and where it lies
retrain, installed   teaching it anew, and which model judges

entities  units, people and times that are named   track          the track advised, danger seen first
redact    what leads to a citizen, hidden          identifiers, addresses, redaction_words, folding   what it looks for
                                                   measure_entities   honest figures of these three
"""
