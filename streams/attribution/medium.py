"""Through what a statement was made: a speech, an interview, a tweet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from streams.attribution.document import Attribution, Document
from streams.attribution.occasion import Names, Setting, carried, settings
from streams.attribution.span import Span

_FARTHEST = 2
"""Paragraphs over which a speaker goes on through the medium that was named."""
_REACH = 160
_BRIEF = frozenset(["statement", "report", "letter", "joint declaration"])
"""Media that are named anew when they are quoted again in a later paragraph."""

_SPEAKS_ITSELF = {
    "letter": "letter", "joint statement": "joint declaration", "joint letter": "joint declaration",
    "communique": "joint declaration",
    "communiqué": "joint declaration", "declaration": "joint declaration", "tweet": "tweet", "post": "post",
    "report": "report", "statement": "statement", "press release": "statement",
}  # fmt: skip
"""Documents that are a statement's source themselves."""
_LONGEST_SOURCE = 120
_DOCUMENT = re.compile(
    rf"(?:[\w.'’-]+\s){{0,6}}?({'|'.join(_SPEAKS_ITSELF)})(?:$|\s(?:from|by|of|signed|issued|released|published|posted)\b)"
)
_USERS = re.compile(r"\b(?:users?|netizens?|bloggers?|commenters?|(?:internet|web)\s+commentators?)$", re.IGNORECASE)
_HEADING = re.compile(r"^[ \t]*(?:([A-Z]{4,12})\.?|[A-Z][A-Z .'’-]{1,60})[ \t]{0,9}$", re.MULTILINE)
_NETWORKS = {"TWITTER": "tweet", **dict.fromkeys(("FACEBOOK", "INSTAGRAM", "TELEGRAM", "WEIBO"), "post")}
_LEADING = re.compile(r"(?:In|At|During|On)\s(?:[\w-]+\s){0,4}$")
_LEADING_LENGTH = 40
_FEWEST_ANSWERS = 3
_NAME_AND_COLON = re.compile(r"(?:[A-Z][\w.'’-]*)(?:\s[A-Z][\w.'’-]*){0,2}:\s")

_OUTLET = (
    r"(?:CNN|BBC|Reuters|AFP|AP|Associated\s+Press|Agence\s+France-Presse|Fox(?:\s+News)?|NBC|ABC|CBS|CNBC|MSNBC|ITV|NPR|PBS|VOA|RFI|ARD|ZDF"
    r"|Sky(?:\s+News)?|Al[\s-]Jazeera|Al[\s-]Arabiya|Bloomberg|Breitbart(?:\s+\w+)?|Interfax|TASS|Xinhua|Yonhap|Kyodo|Der\s+Spiegel|Le\s+Monde|Le\s+Figaro|El\s+Pa[ií]s"
    r"|Univision|Telemundo|Wikinews|Politico|Axios|Deutsche\s+Welle|France\s+24|Euronews|British\s+Broadcasting\s+Corporation|Al[\s-]Hayat|(?:[Tt]he\s+)?(?:[A-Z][\w.-]+\s+){0,3}?"
    r"(?:Times|Post|Guardian|Observer|Telegraph|Independent|Herald|Journal|Tribune|Mail|Globe|Gazette|Chronicle|Star|TODAY|Today|News|Radio|TV|Television)"
    r"|(?:[\w.'’-]+\s+){0,4}?(?:newspaper|daily|weekly|magazine|radio|television|broadcaster|TV|station|channel|tabloid|news\s+agency|news\s+site|website))"
)
_TOLD = r"(?:told|tells|telling|tell|spoke\s+to|speaking\s+to|remarks\s+to|said\s+to|comments\s+to)"
FROM_THE_WORDS: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = tuple(
    (medium, frozenset(signs.split()), re.compile(pattern))
    for medium, signs, pattern in (
        (
            "tweet",
            "tweet Twitter",
            r"\b(?:re)?tweet(?:s|ed|ing)?\b|\b(?:on|via|over)\s+Twitter\b|Twitter\s+(?:account|post|feed|message)",
        ),
        (
            "post",
            "Facebook Instagram Telegram Weibo VKontakte Truth LinkedIn X social posted blog",
            r"\b(?:Facebook|Instagram|Telegram|Weibo|VKontakte|Truth\s+Social|LinkedIn)\b|\bon\s+X\b(?!-)|\bsocial\s+media\b|\b(?<!article\s)(?<!letter\s)(?<!statement\s)posted\b|\bblog(?:ged)?\b",
        ),
        (
            "joint declaration",
            "oint eclaration ommuniqu",
            r"\b[Jj]oint\s+(?:declaration|statement|communiqu[eé]|article|letter)|\b[A-Z]\w+\s+[Dd]eclaration\b|\b[Cc]ommuniqu[eé]\b",
        ),
        (
            "news conference",
            "conference briefing availability",
            r"\b(?:news|press|media)\s+(?:conference|briefing)|\bbriefing\b|\bpress\s+availability\b",
        ),
        (
            "interview",
            "interview told tell spoke speaking remarks said comments CNN NBC CBS ABC Fox Press",
            rf"\b(?:[Ii]n|[Dd]uring|[Oo]n|[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[A-Z]\w+|television|TV|radio|newspaper|exclusive|separate)\s+interview\b|\binterviewed\s+by\b|\b{_TOLD}\s+{_OUTLET}(?!\w)|\b(?:told|tells)\s+(?:me|this\s+(?:agency|(?:news)?paper|reporter|correspondent|magazine|website))\b|\bon\s+(?:CNN|NBC|CBS|ABC|Fox|MSNBC|CNBC)\b|\bMeet\s+the\s+Press\b",
        ),
        ("broadcast", "elevis", r"\b[Tt]elevised\s+(?:[\w-]+\s+){0,2}(?:address|speech|message)\b"),
        ("debate", "debate", r"\b(?:[Ii]n|[Aa]t|[Dd]uring)\s+(?:an?|the|[A-Z]\w+['’]s)\s+(?:[\w-]+\s+){0,3}debate\b"),
        (
            "letter",
            "letter wrote",
            r"\b(?:in|In)\s+(?:an?|his|her|its|their|the)\s+(?:open\s+)?letter\b|\bwrote\s+to\b|\bletter\s+(?:to|sent)\b",
        ),
        (
            "speech",
            "peech address eynote rally told tell speaking gathered banquet ceremony dinner breakfast lunch funeral "
            "memorial",
            r"\b[Ss]peech(?:es)?\b|\b(?:in|In|during|During|his|her|an?)\s+(?:[\w-]+\s+){0,3}address\b|\b[Kk]eynote\b|\b(?:at|At)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}rally\b"
            r"|\btold\s+(?!(?:\w+\s+){0,2}town[\s-]?hall)(?:the\s+|an?\s+)?(?:[\w.'’-]+\s+){0,4}(?i:crowd|rally|supporters|audience|parliament|lawmakers|legislators|senators|deputies|MPs|members|delegates|congress|knesset|duma|bundestag"
            r"|assembly|council|conference|convention|forum|meeting|session|dialogue|gathering|congregation|graduates|troops|summit|students|leaders|commons|lords|storting|riksdag|sejm|diet|banquet|guests|mourners|board|nation)\b|\baddress(?:ing|ed)\s+(?:the|an?)\b|\bspeaking\s+(?:at|to|before)\b"
            r"|\bto\s+(?:the\s+)?gathered\s+crowd\b|\btells\s+(?:[Pp]arliament|an?\s+rally|the\s+nation)\b|\b(?:said|spoke|saying|speaking)\s+at\s+an?\s+(?:[\w-]+\s+){0,2}(?:banquet|ceremony|dinner|breakfast|lunch|funeral|memorial)\b",
        ),
        (
            "statement",
            "statement release ommuniqu",
            r"\b(?:in|In|issued|released|release[sd]?|issues?|by)\s+(?:an?|the|his|her|its|their)\s+(?:[\w-]+\s+){0,3}(?:statement|press\s+release|communiqu[eé])\b|\baccording\s+to\s+an?\s+(?:[\w-]+\s+){0,2}statement\b|\bstatement\s+(?:said|added|read|issued)",
        ),
        (
            "report",
            "report survey study",
            r"\b(?:in|In)\s+(?:an?|the|its)\s+(?:[\w-]+\s+){0,3}report\b|\b(?:report|survey|study)\s+(?:said|says|found|finds|concluded|published|released)\b",
        ),
        (
            "broadcast",
            "broadcast elevis radio TV",
            r"\bbroadcast\b|\btelevised\b|\bon\s+(?:[\w-]+\s+){0,2}(?:television|radio|TV)\b|\btelevision\s+show\b",
        ),
    )
)
"""Media, the likeliest first: letters of which some are in whatever the pattern finds, and the pattern."""
_SIGNS = frozenset[str]().union(*(signs for _, signs, _ in FROM_THE_WORDS))


def _document(document: Document, attribution: Attribution) -> tuple[str, Span] | None:
    """The medium that speaks itself ("the letter says", "a statement from his office"), or whose user does
    ("@name"), and where it stands.
    """
    if not attribution.source:
        return None
    span = attribution.source[-1]
    words = span.of(document.body)[:_LONGEST_SOURCE]
    if words.startswith("@"):
        return "tweet", span
    if _USERS.search(words.rstrip()):
        return "post", span
    found = _DOCUMENT.match(words.casefold())
    return (_SPEAKS_ITSELF[found.group(1)], span) if found else None


def _answers(document: Document) -> frozenset[int]:
    """The paragraphs of an interview that is printed as questions and answers, each after a name and a colon."""
    found = frozenset(
        number
        for number, sentences in enumerate(document.paragraphs)
        if sentences and _NAME_AND_COLON.match(document.body, sentences[0].start)
    )
    return found if len(found) >= _FEWEST_ANSWERS else frozenset()


def _is_answer(document: Document, attribution: Attribution, setting: Setting) -> bool:
    """Whether a statement in an answer is what is answered, not what somebody is said to have said in it."""
    first = document.paragraphs[setting.paragraph][0].start
    return not attribution.source or attribution.source[0].start == first


def _named(document: Document, attribution: Attribution, setting: Setting) -> tuple[str, Span] | None:
    """The medium that a statement's own words name, the likeliest reading first, and where they name it."""
    if found := _document(document, attribution):
        return found
    first, last = setting.anchor.start - _REACH, setting.anchor.end + _REACH
    near = [Span(max(stretch.start, first), min(stretch.end, last)) for stretch in setting.own]
    text = "\n".join(stretch.of(document.body) for stretch in near)
    seen = [sign for sign in _SIGNS if sign in text]
    for medium, signs, pattern in FROM_THE_WORDS:
        if signs.isdisjoint(seen):
            continue
        for stretch in near:
            if stretch.start < stretch.end and (words := pattern.search(document.body, *stretch)):
                return medium, Span(*words.span())
    return None


def _headings(document: Document) -> list[tuple[int, str | None]]:
    """Where lines in capitals stand, and the medium of what is below one that names a network ("FACEBOOK.")."""
    return [(found.start(), _NETWORKS.get(found.group(1) or "")) for found in _HEADING.finditer(document.body)]


def _headed(headings: Sequence[tuple[int, str | None]], setting: Setting) -> str | None:
    """The medium that the last heading before a statement gives to it."""
    number = bisect_left(headings, (setting.anchor.start,)) - 1
    return headings[number][1] if number >= 0 and not setting.is_reported else None


def _assigned(document: Document, attributions: Sequence[Attribution], places: Sequence[Setting]) -> list[str | None]:
    """Each statement's own medium.

    Words that name one belong to the nearest cue of their sentence, or to all of them where they lead it ("At a news
    conference, ...").
    """
    answers = _answers(document)
    named = [
        ("interview", setting.anchor)
        if setting.paragraph in answers and _is_answer(document, attribution, setting)
        else _named(document, attribution, setting)
        for attribution, setting in zip(attributions, places, strict=True)
    ]
    nearest: dict[Span, tuple[int, int]] = {}
    for number, (setting, each) in enumerate(zip(places, named, strict=True)):
        if each:
            bid = (max(each[1].start - setting.anchor.end, setting.anchor.start - each[1].end, 0), number)
            nearest[each[1]] = min(bid, nearest.get(each[1], bid))
    headings = _headings(document)
    return [
        each[0]
        if each and (nearest[each[1]][1] == number or _leads(document, setting, each[1]))
        else _headed(headings, setting)
        for number, (setting, each) in enumerate(zip(places, named, strict=True))
    ]


def _leads(document: Document, setting: Setting, words: Span) -> bool:
    """Whether words lead the sentence of a statement, set off by a comma."""
    if setting.is_reported or not setting.own or words.end >= setting.anchor.start:
        return False
    start = setting.own[0].start
    if words.start - start > _LEADING_LENGTH:
        return False
    after = document.body[words.end : min(words.end + _LEADING_LENGTH, setting.anchor.start)]
    return "," in after and bool(_LEADING.match(document.body[start : words.start]))


def medium_of(document: Document, attribution: Attribution) -> str | None:
    """The medium that the statement's own sentence names, ``None`` when it names none.

    One of: joint declaration, news conference, interview, statement, tweet, post, letter, speech, debate, report,
    broadcast.
    """
    return media_of(document, (attribution,), (None,))[0]


def media_of(
    document: Document, attributions: Sequence[Attribution], speakers: Sequence[Names | None]
) -> tuple[str | None, ...]:
    """The medium of each of an article's statements, in the order given.

    Beyond ``medium_of`` it knows that a speaker who goes on speaks through the same medium; ``speakers`` holds
    each statement's names (``None`` where nobody knows).
    """
    if not document.paragraphs:
        return (None,) * len(attributions)
    places = settings(document, attributions)

    def goes_on(number: int, medium: str, paragraphs: int) -> bool:
        farthest = 0 if medium in _BRIEF else _FARTHEST
        return paragraphs <= farthest and not places[number].is_reported and not places[number].is_background

    return carried(places, attributions, speakers, _assigned(document, attributions, places), goes_on)
