"""Stretches of words that may make names: capitalised words and known phrases that stand next to each other."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from streams.attribution.lexicon import CONNECTORS, nouns
from streams.attribution.reading import SOFT, Sentence
from streams.knowledge import Knowledge
from streams.knowledge.phrases import Match

_APOSTROPHES = (("'",), ("’",))
_NUMBERED = frozenset({"channel", "radio", "television", "tv"})
"""Bodies that a number can tell from others ("Channel 12")."""
_LONGEST_SERIES = 16
"""Words of the longest list of what a body is for."""
_SYLLABLE = 6
"""Letters of the longest second part of a hyphened given name ("Won-kyong")."""
_CONTRACTED = frozenset({"ll", "re", "ve"})
"""What follows an apostrophe that leaves something out ("they'll"), unlike that of a name ("Ja'afari")."""
_OWNERS = frozenset(
    {"people", "women", "men", "children", "workers", "lawyers", "teachers", "mothers", "king", "queen"}
)
"""Whose possessive belongs to a name: "Korean People's Army"."""

Item = tuple[int, int, Match | None]


def runs(sentence: Sentence, knowledge: Knowledge, known: Container[str]) -> Iterator[list[Item]]:
    """Stretches of capitalised words and known phrases that stand next to each other."""
    run: list[Item] = []
    position, size = 0, len(sentence.words)
    starts = {match.start: match for match in sentence.matches}
    while position < size:
        match = starts.get(position)
        if match is None and not run and not sentence.words[position][0].isupper():
            position += 1
            continue
        if match is not None and run and _ends_body(sentence, run, match):
            match = None
        if match is not None and (match.readings[0].form != "office" or sentence.is_name_like(position)):
            item: Item = (match.start, match.end, match)
        elif match is not None:
            if run:
                yield run
            yield [(match.start, match.end, match)]
            run, position = [], match.end
            continue
        elif _is_plain(sentence, position, known):
            item = (position, position + 1, None)
        else:
            bridge = _bridge(sentence, position, run, knowledge) if run else 0
            if bridge:
                run.append((position, position + bridge, None))
                position += bridge
                continue
            if run:
                yield run
            run = []
            position += 1
            continue
        if run and sentence.starts[item[0]] - sentence.ends[run[-1][1] - 1] > 1:
            yield run
            run = []
        run.append(item)
        position = item[1]
    if run:
        yield run


def _ends_body(sentence: Sentence, run: Sequence[Item], office: Match) -> bool:
    """Whether the first word of an office is but the last one of a body's name ("a Ministry of | Defence official")."""
    return (
        office.readings[0].form == "office"
        and office.end - office.start > 1
        and sentence.folds[office.start - 1] in {"of", "for"}
        and sentence.is_name_like(office.start)
        and sentence.words[office.end - 1].islower()
        and any(_is_body(sentence, item) for item in run)
    )


def _is_plain(sentence: Sentence, word: int, known: Container[str]) -> bool:
    """Whether a word that is not known can be part of a name."""
    text = sentence.words[word]
    folded = sentence.folds[word]
    if not text[0].isupper() or not text[0].isalpha() or (sentence.headline and folded not in known):
        return False
    if len(text) == 1 and _is_initial(sentence, word):
        return True
    if folded in nouns().adjectival and not _is_named_on(sentence, word):
        return False
    return (
        folded not in nouns().starter
        and folded not in nouns().pronoun
        and (folded not in nouns().determiner or (word > 0 and len(text) > 1 and text.isupper()))
    )


def _is_named_on(sentence: Sentence, word: int) -> bool:
    """Whether the next word goes on with a name that is not known: "Islamic | Press", not "Muslim | Americans"."""
    after = word + 1
    return (
        after < len(sentence.words)
        and sentence.words[after].istitle()
        and sentence.match_at(after) is None
        and sentence.folds[after] not in nouns().starter
    )


def _is_initial(sentence: Sentence, word: int) -> bool:
    """Whether a letter with its full stop stands between two capitalised words, or between initials ("James | A. |
    Baker", "J. | A. | Kufuor").
    """
    words = sentence.words
    dotted = words[word + 1 : word + 2] == (".",) and sentence.starts[word + 1] == sentence.ends[word]
    if not dotted or not 0 < word < len(words) - 2 or not sentence.is_name_like(word + 2):
        return False
    after_initial = word > 1 and words[word - 1] == "." and len(words[word - 2]) == 1 and words[word - 2].isupper()
    return after_initial or sentence.is_name_like(word - 1)


def _bridge(sentence: Sentence, word: int, run: list[Item], knowledge: Knowledge) -> int:
    """How many words from ``word`` on join the run to a capitalised word after them; 0 when they do not."""
    words, folds = sentence.words, sentence.folds
    size = len(words)
    if word + 1 >= size:
        return 0
    if folds[word] in {"'s", "’s"} and folds[word - 1] in _OWNERS:
        return int(words[word + 1][0].isupper())
    if article := _clipped_article(words, word):
        return article
    if words[word].isdigit():
        return int(folds[word - 1] in _NUMBERED)
    if words[word] in SOFT:
        short = words[word] != "." or (len(words[word - 1]) == 1 and words[word - 1].isupper())
        tight = sentence.starts[word] == sentence.ends[word - 1]
        possessive = words[word] in "'’" and sentence.starts[word + 1] > sentence.ends[word]
        if possessive or not (short and tight and words[word + 1][0].isalpha()):
            return 0
        if words[word] in "-‑" and words[word + 1].islower() and len(run) > 1 and run[-1][2] is None:
            syllable = len(words[word + 1]) <= _SYLLABLE and words[word + 1] not in nouns().joined
            return 2 if syllable and sentence.starts[word + 1] == sentence.ends[word] else 0
        inside = words[word] in "'’" and len(words[word + 1]) > 1 and folds[word + 1] not in _CONTRACTED
        inside = inside and sentence.starts[word + 1] == sentence.ends[word]
        return 1 if words[word + 1][0].isupper() else 2 if inside and words[word + 1].islower() else 0
    if words[word] == "and" and _share_body(sentence, run, word):
        return 1
    if words[word] == "," and (end := _series(sentence, run, word, knowledge)):
        return end - word
    last = run[-1][2]
    if words[word] in nouns().particle and last is None:
        ahead = word + 1
        while ahead + 1 < size and (words[ahead] in nouns().particle or words[ahead] in SOFT) and ahead < word + 4:
            ahead += 1
        return ahead - word if words[ahead][0].isupper() and folds[ahead] not in nouns().starter else 0
    if words[word] in CONNECTORS and any(_is_body(sentence, item) for item in run):
        ahead = word + 2 if words[word + 1] == "the" and word + 2 < size else word + 1
        if words[word] in {"to", "in", "against"} or words[word] == "the":
            return 0
        joins = words[word] != "and" or any(
            sentence.folds[i] in {"of", "for", "on"} for a, b, _ in run for i in range(a, b)
        )
        known = sentence.match_at(ahead)
        if (
            words[word] == "and"
            and folds[ahead] in nouns().body
            and folds[ahead + 1 : ahead + 2] in {("of",), ("for",)}
        ):
            return 0  # "the Ministry of Finance | and Ministry of Commerce"
        if words[word] == "and" and (known or knowledge.is_given_name(words[ahead])):
            return 0
        return ahead - word if joins and words[ahead][0].isupper() and folds[ahead] not in nouns().starter else 0
    return 0


def _share_body(sentence: Sentence, run: Sequence[Item], word: int) -> bool:
    """Whether "and" at ``word`` stands inside a body's name: "the Community | and Public Sector Union"."""
    start, end = run[0][0], word + 1
    if start == 0 or sentence.folds[start - 1] != "the" or any(match for _, _, match in run):
        return False
    if any(
        sentence.folds[before] in nouns().body or not sentence.is_name_like(before) for before in range(start, word)
    ):
        return False
    while end < len(sentence.words) and sentence.is_name_like(end) and sentence.match_at(end) is None:
        end += 1
    return end - word > 2 and sentence.folds[end - 1] in nouns().body


def _series(sentence: Sentence, run: Sequence[Item], word: int, knowledge: Knowledge) -> int:
    """Where what a body is for ends when it is more than one thing, from the first comma on: "the Foreign |,
    Commonwealth and Development Office", "the Department for Business |, Energy and Industrial Strategy"; 0 elsewhere.
    """
    words, size, end = sentence.words, min(len(sentence.words), word + _LONGEST_SERIES), word
    if len(run) > _LONGEST_SERIES:
        return 0
    while end < size and words[end] in {",", "and"}:
        last = words[end] == "and"
        begin = end = end + 1
        while end < size and _is_subject_matter(sentence, end, knowledge):
            end += 1
        if end == begin:
            return 0
        if last:
            break
    else:
        return 0
    start = run[0][0]
    own = [sentence.folds[i] for i in range(start, word)]
    is_for = any(_is_body(sentence, item) for item in run) and not {"of", "for", "on"}.isdisjoint(own)
    inside = [sentence.folds[i] for i in range(start, end - 1)]
    shares = start > 0 and sentence.folds[start - 1] == "the" and nouns().body.isdisjoint(inside)
    return end if is_for or (shares and run[-1][2] is None and sentence.folds[end - 1] in nouns().body) else 0


def _is_subject_matter(sentence: Sentence, word: int, knowledge: Knowledge) -> bool:
    """Whether a capitalised word names nobody by itself, or but a body by one word ("Commonwealth")."""
    match = sentence.match_at(word)
    is_body = match is not None and match.end - match.start == 1 and match.readings[0].form == "organisation"
    named = match is not None or knowledge.is_given_name(sentence.words[word])
    return sentence.words[word].istitle() and (is_body or not named)


def _clipped_article(words: Sequence[str], word: int) -> int:
    """How many words of a Dutch name's "het" lead up to its last one: Maarten | 't | Hart, Sophie | in 't | Veld."""
    mark = word + (words[word] in {"in", "op"})
    is_article = words[mark : mark + 1] in _APOSTROPHES and words[mark + 1 : mark + 2] == ("t",)
    return mark + 2 - word if is_article and words[mark + 2 : mark + 3] and words[mark + 2][0].isupper() else 0


def _is_body(sentence: Sentence, item: Item) -> bool:
    return item[2] is None and any(
        sentence.folds[i] in nouns().body or sentence.folds[i] == "staff" for i in range(item[0], item[1])
    )
