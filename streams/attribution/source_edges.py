"""Sources brought to their definition: one phrase, the shortest full one that names the speaker.

The tagger marks word by word and sometimes offers several phrases for one cue, a relative pronoun beside the phrase
that it stands for, or a name with what is only said about it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from streams.attribution.document import Attribution, Document
from streams.attribution.lexicon import nouns
from streams.attribution.span import Span
from streams.knowledge import Knowledge

_RELATIVE = re.compile(r"who|whom|which|that", re.IGNORECASE)
_RELATIVE_SUBJECT = re.compile(r",\s+(?P<pronoun>who|which)\s(?:\w+ly\s|also\s)?\Z")
"""Right before a cue: "to see Ali Khan, who | had told"."""
_RELATIVE_BEFORE = re.compile(r"\s(?P<pronoun>who|which)\s(?:(?:\w+ly\sand\s)?\w+ly\s|also\s|have\s|has\s)?\Z")
_RELATIVE_CLAUSE = re.compile(r"\s(?:who|whom|whose|which|that)(?:\s|\Z)")
_TITLE_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Gov|Rep|Rev|Sen|Sgt)\Z")
_SURNAME = re.compile(r"\.\s[A-Z][\w'’-]+")
_DETERMINER = re.compile(r"the|an?|his|her|its|their", re.IGNORECASE)
_QUANTIFIER = re.compile(r"all|another|each|every|many|most|several|some|such|these|this|those", re.IGNORECASE)
_NO_PART = re.compile(
    r"about|after|against|and|are|as|at|be|been|before|but|by|during|for|from|had|has|have|in|into|is|like|near|of|on|or"
    r"|over|than|to|towards?|under|was|were|when|while|with",
    re.IGNORECASE,
)
"""Words that no phrase holds before its noun, so that one begins after them."""
_NAME = re.compile(
    r"[A-Z][\w'’.-]*(?:\s+(?:[A-Z][\w'’.-]*|al|bin|da|dal|de|del|der|di|do|dos|du|el|ibn|la|le|van|von|y))*"
)
_LAST_NAME = re.compile(rf"(?:{_NAME.pattern})\Z")
_LAST_NOUN = re.compile(r"\b(?:[A-Z]\w+\s\d+|[a-z]\w+s)\Z")
_WORD = re.compile(r"[\w'’.-]*[\w'’]")
_COMMA = re.compile(r",\s+(?!(?:Jr|Sr|II|III)\b)")
_COMMON_WORD = re.compile(
    r"(?<![\w'’-])(?!(?:al|and|at|bin|de|del|der|dos|el|for|in|of|on|or|the|to|van|von)\b)[a-zà-öø-ÿ]"
)
_PREPOSITION = re.compile(r"\s+(?:of|from|at|with|in|for|on)\s")
_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+)?"
    r"(?:accused|advised|asked|blamed|condemned|criticised|criticized|denounced|encouraged|forbidden|invited|ordered|praised"
    r"|pressed|questioned|reminded|summoned|told|urged|warned)\b"
)
"""A cue whose subject is not who speaks."""
_BE = re.compile(r"\b(?:am|is|are|was|were|be|been|being)\b")
_WITHOUT_OBJECT = re.compile(r"\s+(?:of|for)\s")
_ACCUSED = re.compile(r"(?:accused|suspected)\Z")
_AFTER_COMMA = re.compile(r",\s+(?:\w+ly\s|also\s)?\Z")
_SAID_TO_HAVE = re.compile(r"said\s+to\s+have\s+\w")
"""Participles whose noun is not who speaks either: "Iran, | accused of ..., has denied", "firms | said to have ..."."""
_KEEPS_ITS_SUBJECT = re.compile(r"(?:of|for|to)\s")
"""Begins a content that has the accused, or the subject of its infinitive, as its first piece."""
_ASKED = re.compile(r"(?:[A-Z]\w+ed|Told)\b")
_SENTENCE_BEFORE = re.compile(r"(?:\A|[.!?\n][\"”’')]*\s*|\bwhen\s)\Z", re.IGNORECASE)
"""Before a participle that is one, too: "Asked whether ...", "When asked ..."."""
_WHEN = re.compile(r"\bwhen\s\Z", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\w+ing\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\s(?:commissioned|conducted|issued|made|obtained|posted|published|released|seen|written)(?:\s|\Z)"
)
_TIME = re.compile(
    r"\s(?:(?:from|in|on)\s)?(?:later|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday"
    r"|(?:last|this)\s(?:month|week|year)|(?<=in\s)\d{4})\Z"
)
_REST_OF_A_NAME = re.compile(r" [A-ZÀ-ÖØ-Þ][\w'’-]*[a-zà-öø-ÿ](?=[ ,])")
"""Of a name that was marked up to its given name: "Donald" before " Trump"."""
_SUBJECT_LAST = re.compile(
    rf"[^,]*[a-z]\w*,\s(?:{_NAME.pattern}),\s(?P<name>[A-Z][\w'’-]*[a-z](?:\s[A-Z][\w'’-]*[a-z])*)\Z"
)
"""A name after a description and its own name: "(including the) minister, Mike Pompeo, Zarif | said"."""
_TOGETHER = re.compile(r"(?:the|both|all)\s(?:two|three|four)?\s?[a-z]+s,\s", re.IGNORECASE)
_LAST_OF_SEVERAL = re.compile(rf",?\sand\s(?:{_NAME.pattern})")
_OFFICE = re.compile(r"\s(?P<office>[a-z]+)\b")
_NEAR = 8
"""So many statements of a sentence are looked at before a verb that shares its source with one, and after it."""
_GOES_ON = re.compile(r"\s(?:and|but)\s(?:also\s|\w+ly\s)?\Z")
_BEARER = re.compile(r"(?:an?|another|the|this)(?:\s(?!(?:an?|the|this)\s)[\w’'-]+){1,3}\s\Z", re.IGNORECASE)
"""What says something by a participle that follows ("a message stating ...")."""
_ASIDE = re.compile(r"\s(?:[–—-]\s|\((?![^()]{0,80}\)\s?\w))")
_LOOSE = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_LIST = re.compile(r"\b(?:and|or)\b|&")


def _nearest(spans: Sequence[Span], anchor: Span) -> Span:
    """The phrase that stands closest to the cue, or without one to the content; of two as close, the one before it."""

    def distance(span: Span) -> tuple[int, int]:
        return max(anchor.start - span.end, span.start - anchor.end, 0), span.start

    return min(spans, key=distance)


def _is_person(name: str, knowledge: Knowledge) -> bool:
    words = name.split()
    return len(words) > 1 and any(knowledge.is_given_name(word) for word in words[:-1])


def _antecedent(body: str, pronoun: Span) -> Span:
    """The phrase that a relative pronoun stands for, back to its determiner or to what can be no part of it."""
    end = len(body[max(0, pronoun.start - 120) : pronoun.start].rstrip(" ,—–-\n")) + max(0, pronoun.start - 120)
    start = end
    for word in reversed(list(_WORD.finditer(body, max(0, end - 80), end))):
        if body[word.end() : start].strip() or _NO_PART.fullmatch(word.group()):
            break
        start = word.start()
        if _DETERMINER.fullmatch(word.group()) or _QUANTIFIER.fullmatch(word.group()):
            break
    return Span(start, end)


def _taken_by_who(body: str, pronoun: Span) -> Span:
    """The antecedent of "who" or "which" as far as it is one phrase: with its determiner, or a name, or a noun."""
    antecedent = _antecedent(body, pronoun)
    first = _WORD.match(body, *antecedent)
    if first is None or _DETERMINER.fullmatch(first.group()) or _QUANTIFIER.fullmatch(first.group()):
        return antecedent
    phrase = _LAST_NAME.search(body, *antecedent) or _LAST_NOUN.search(body, *antecedent)
    return Span(*phrase.span()) if phrase else Span(0, 0)


def _taken_up(body: str, source: Span, cue: Sequence[Span]) -> Span | None:
    """The name that "who" or "which" right before the cue stands for, when ``source`` is somebody named before it."""
    clause = _RELATIVE_SUBJECT.search(body, max(source.end, cue[0].start - 30), cue[0].start) if cue else None
    if clause is None:
        return None
    antecedent = _taken_by_who(body, Span(*clause.span("pronoun")))
    apart = _WORD.findall(body, source.end, antecedent.start)
    return None if all(map(_NO_PART.fullmatch, apart)) else antecedent


def _without_loose_end(text: str) -> str:
    """Without an aside ("the majority – 55 percent –") and without words that no phrase ends with."""
    aside = _ASIDE.search(text)
    kept = (text[: aside.start()] if aside else text).rstrip()
    if time := _TIME.search(kept):
        kept = kept[: time.start()]
    while (space := max(kept.rfind(" "), kept.rfind("\n"))) > 0 and kept[space + 1 :] in _LOOSE:
        kept = kept[:space].rstrip()
    return "" if kept.lower() in _LOOSE else kept


def _is_named(part: str) -> bool:
    """Whether nothing but a name stands there, as "the Liberal Democratic Party" and not "the finance minister"."""
    return not _COMMON_WORD.search(part) and any(letter.isupper() for letter in part)


def _without_apposition(text: str, knowledge: Knowledge) -> str:
    """Without what is said after a comma; a list stays whole, and so does a description with the name after it."""
    comma = _COMMA.search(text)
    if not comma:
        return text
    first, rest = text[: comma.start()], text[comma.end() :]
    named = _is_named(first)
    if listed := _LIST.search(rest):
        return first if named and (_COMMON_WORD.match(rest) or not _is_named(rest[: listed.start()])) else text
    second = _COMMA.split(rest, maxsplit=1)[0]
    if not _is_named(second) or _is_person(first, knowledge) or (named and _DETERMINER.fullmatch(second.split()[0])):
        return first
    return text[: comma.end() + len(second)]


def _trimmed(body: str, span: Span, knowledge: Knowledge) -> Span:
    """Without relative clause, apposition and what trails off; after a personal name without prepositional phrase."""
    text = span.of(body)
    if _TITLE_ABBREVIATION.search(text) and (surname := _SURNAME.match(body, span.end)):
        span = Span(span.start, surname.end())
        text = span.of(body)
    if clause := _RELATIVE_CLAUSE.search(text) or _PUBLISHED.search(text):
        text = text[: clause.start()].rstrip(", \n")
    text = _without_loose_end(_without_apposition(_without_loose_end(text), knowledge))
    span = Span(span.start, span.start + len(text))
    name = _NAME.match(text)
    if name and _is_person(name.group(), knowledge) and _PREPOSITION.match(text, name.end()):
        return Span(span.start, span.start + name.end())
    return span


def _whole_name(body: str, source: Span, cue: Sequence[Span], knowledge: Knowledge) -> Span:
    """``source`` with the name that follows the given name at its end, unless that is the cue ("Hillary Calls ...")."""
    text = source.of(body)
    rest = _REST_OF_A_NAME.match(body, source.end)
    if not rest or not knowledge.is_given_name(text[text.rfind(" ") + 1 :]):
        return source
    return (
        source
        if any(span.start < rest.end() and source.end < span.end for span in cue)
        else Span(source.start, rest.end())
    )


def _whole_phrase(body: str, source: Span, cue: Sequence[Span], knowledge: Knowledge) -> Span:
    """``source`` with the office after its adjective ("the British" before "president"), or with the last of several
    states ("China, Russia" before "and Qatar") or of those who are named after what they are together ("the two
    leaders, Ali Khan" before "and Bo Li").
    """
    text = source.of(body)
    listed = source.start + len(text.removesuffix(" and").removesuffix(","))
    is_list = _TOGETHER.match(text) or _names_states(text, knowledge)
    several = _LAST_OF_SEVERAL.match(body, listed) if is_list else None
    office = _OFFICE.match(body, source.end) if _ends_with_adjective(text, knowledge) else None
    if office and office["office"] not in nouns().person | nouns().state_role:
        office = None
    end = several.end() if several else office.end() if office else source.end
    return source if any(span.start < end and source.end < span.end for span in cue) else Span(source.start, end)


def _names_states(text: str, knowledge: Knowledge) -> bool:
    """Whether a phrase is nothing but states with commas between them ("China, Russia")."""
    names = [name.removeprefix("the ") for name in text.split(", ")]
    return len(names) > 1 and all(
        any(reading.form == "name" for reading in knowledge.index.readings(name)) for name in names
    )


def _ends_with_adjective(text: str, knowledge: Knowledge) -> bool:
    last = text[text.rfind(" ") + 1 :]
    return last[:1].isupper() and any(reading.form == "adjective" for reading in knowledge.index.readings(last))


def settle_sources(
    document: Document, attributions: Sequence[Attribution], knowledge: Knowledge
) -> tuple[Attribution, ...]:
    """Each attribution with one source phrase at most, at its definition's edges.

    A participle without a phrase of its own has the source of the statement that it goes on from (``..., saying ...``)
    or leads to (``Noting that ..., Japan said``), unless it follows what says it (``a message saying ...``).
    """
    settled = [_settled(document.body, attribution, knowledge) for attribution in attributions]
    starts = [sentence.start for sentence in document.sentences]
    by_sentence: dict[int, list[Attribution]] = {}
    for attribution in settled:
        if attribution.cue and attribution.source:
            by_sentence.setdefault(bisect_right(starts, attribution.cue[0].start), []).append(attribution)
    for together in by_sentence.values():
        together.sort(key=_cue_start)
    return tuple(
        _shared(document.body, attribution, by_sentence.get(bisect_right(starts, attribution.cue[0].start), ()))
        if attribution.cue
        else attribution
        for attribution in settled
    )


def _cue_start(attribution: Attribution) -> int:
    return attribution.cue[0].start


def _shared(body: str, attribution: Attribution, beside: Sequence[Attribution]) -> Attribution:
    cue = attribution.cue[0]
    place = bisect_left(beside, cue.start, key=_cue_start)
    near = beside[max(0, place - _NEAR) : place]
    before = [other for other in near if other.cue[0].end <= cue.start and not _holds(other, cue)]
    if attribution.source:
        return _of_whose_content(body, attribution, before)
    if not _PARTICIPLE.match(cue.of(body)):
        return attribution
    if bearer := _BEARER.search(body, max(0, cue.start - 60), cue.start):
        return replace(attribution, source=(Span(bearer.start(), bearer.end()).trimmed(body),))
    if not before and _SENTENCE_BEFORE.search(body[max(0, cue.start - 8) : cue.start]):
        end = attribution.content[-1].end
        later = beside[place : place + _NEAR]
        before = [other for other in later if end <= other.source[0].start and end <= other.cue[0].start][:1]
    return replace(attribution, source=before[-1].source) if before else attribution


def _of_whose_content(body: str, attribution: Attribution, before: Sequence[Attribution]) -> Attribution:
    """A participle after a comma, or a verb after "and", with the source of the statement in whose content its own
    would lie: "Sudan rejected a US draft, | saying ...", "Oslo demanded that Riga pay and | reiterated ...".
    """
    own, cue = attribution.source[0], attribution.cue[0]
    holders = [other for other in before if _holds(other, own) and other.cue[0].end <= own.start]
    goes_on = _GOES_ON.search(body, max(own.end, cue.start - 16), cue.start)
    doing = _PARTICIPLE.match(cue.of(body)) and body.endswith(", ", 0, cue.start)
    return replace(attribution, source=holders[-1].source) if holders and (goes_on or doing) else attribution


def _holds(attribution: Attribution, cue: Span) -> bool:
    return any(span.contains(cue) for span in attribution.content)


def _is_passive(body: str, cue: Span) -> bool:
    before = body[max(0, cue.start - 8) : cue.start]
    asked_when = cue.of(body) in {"asked", "told"} and _WHEN.search(before)
    asked = _ASKED.match(body, *cue) and _SENTENCE_BEFORE.search(before)
    apart = _AFTER_COMMA.search(body, max(0, cue.start - 20), cue.start)
    accused = apart and _ACCUSED.search(body, *cue) and _WITHOUT_OBJECT.match(body, cue.end)
    return bool(_PASSIVE.search(body, *cue) or asked_when or asked or accused or _SAID_TO_HAVE.match(body, cue.start))


def _with_agent_alone(body: str, attribution: Attribution) -> Attribution:
    """A passive's attribution with the source that follows "by" alone; its subject, where that was taken for the
    source, is the first piece of the content that needs one.
    """
    agents = tuple(span for span in attribution.source if body.endswith("by ", 0, span.start))
    cue, content = attribution.cue[0], attribution.content
    subjects = [span for span in attribution.source if span.end <= cue.start and span not in agents]
    is_asked = cue.of(body).lower() in {"asked", "told"}
    if subjects and not is_asked and cue.end <= content[0].start and _KEEPS_ITS_SUBJECT.match(body, content[0].start):
        content = (_nearest(subjects, cue), *content)
    return replace(attribution, source=agents, content=content)


def _with_antecedent(body: str, attribution: Attribution) -> Attribution:
    """With the phrase that "who" or "which" right before the cue stands for ("a resolution, which | calls for")."""
    cue = attribution.cue[0] if attribution.cue else None
    clause = _RELATIVE_BEFORE.search(body, max(0, cue.start - 40), cue.start) if cue else None
    if cue is None or clause is None or _BE.search(body, *cue):
        return attribution
    antecedent = _taken_by_who(body, Span(*clause.span("pronoun")))
    return replace(attribution, source=(antecedent,) if antecedent.start < antecedent.end else ())


def _settled(body: str, attribution: Attribution, knowledge: Knowledge) -> Attribution:
    if attribution.cue and _is_passive(body, attribution.cue[0]):
        attribution = _with_agent_alone(body, attribution)
    if not attribution.source:
        return _with_antecedent(body, attribution)
    named = [span for span in attribution.source if not _RELATIVE.fullmatch(span.of(body))]
    anchor = (attribution.cue or attribution.content)[0]
    source = _nearest(named, anchor) if named else _antecedent(body, attribution.source[-1])
    source = _taken_up(body, source, attribution.cue) or source
    if last := _SUBJECT_LAST.match(body, *source):
        source = Span(*last.span("name"))
    source = _whole_name(body, source, attribution.cue, knowledge)
    source = _whole_phrase(body, source, attribution.cue, knowledge)
    trimmed = _trimmed(body, source, knowledge)
    return replace(attribution, source=(trimmed,) if trimmed.start < trimmed.end else ())
