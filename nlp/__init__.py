"""Understands what a citizen wrote: text in, judgement out. Begin with `classify.open_classifier`.

labels    the fourteen labels and six flags        flags, rules   the flags, by readable rules
clean     what no eye sees, one way of writing     reasons        the words that decided
words     words that remember their place          corpus         the labelled messages
segment   underthesea's words of many syllables    counts, fit    tables and weights, for training only
lexicon   those words, learned and matched         report         tables and pictures of figures
views     a message seen from two sides            train, store   training and keeping a model
model     scores with numpy alone                  evaluate       honest figures
classify  the judgement                            command        `congvu classify`

entities  units, people and times that are named   track          the track advised, danger seen first
redact    what leads to a citizen, hidden          identifiers, addresses, redaction_words, folding   what it looks for
                                                   measure_entities   honest figures of these three
"""
