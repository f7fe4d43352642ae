"""What is answered under ``/api``: every address with question and answer, the source of the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from schemas.base import Moment
from schemas.dead_letter import Stage
from schemas.sentences import EmittedArticle, Offsets
from schemas.statement import Act, SpeakerKind, Statement
from streams.web.picture import Clock, Window
from streams.web.questions import (
    DeadLettersQuestion,
    NoQuestion,
    PictureQuestion,
    Question,
    StatementsQuestion,
    StreamQuestion,
)


class Answer(BaseModel):
    """A JSON object of the API."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeenStatement(Statement):
    """A statement as it stands on its topic, and when it was written there."""

    seen_at: Moment | None


class StatementsAnswer(Answer):
    """Statements, newest first."""

    statements: list[SeenStatement]
    position: Annotated[str, Field(description="From here the stream goes on: its `Last-Event-ID`.")]
    total_kept: Annotated[int, Field(description="Statements that this worker has in memory.")]
    before: Annotated[str | None, Field(description="Asks for the next older ones; null when there are none.")]


class ArticleAnswer(Answer):
    """An article; all offsets are `[start, end)` in code points of its body."""

    article: EmittedArticle
    sentences: list[Offsets]
    statements: Annotated[list[SeenStatement], Field(description="In the order of the text.")]


class Pair(Answer):
    """What speakers of one state say to or about another."""

    speaker: Annotated[str, Field(description="ISO 3166-1 alpha-3.")]
    target: str
    count: int
    acts: dict[Act, int]
    tone: Annotated[float, Field(ge=-1, le=1, description="The mean of the acts on `scale`.")]


class ActCount(Answer):
    """How often an act was, in a step of time that begins at `at`."""

    at: datetime
    act: Act
    count: int


class SpeakerCount(Answer):
    """How many statements somebody made."""

    name: str
    country: str | None
    kind: SpeakerKind
    count: int


class PictureAnswer(Answer):
    """Who speaks about whom, and how."""

    window: Window
    by: Clock
    since: Annotated[datetime | None, Field(description="Null for all that is kept (30 days).")]
    until: datetime
    pairs: Annotated[list[Pair], Field(description="The most frequent first, 2,000 at most.")]
    acts: Annotated[list[ActCount], Field(description="By five minutes of an hour, hours of a day, days of all.")]
    speakers: Annotated[list[SpeakerCount], Field(description="The 25 who said most.")]
    scale: Annotated[dict[Act, float], Field(description="From conflictual (-1) to cooperative (1).")]
    statements: int
    articles: int


class WorkerSelf(Answer):
    """The worker that answers."""

    id: str
    version: str
    started_at: datetime
    uptime: Annotated[float, Field(description="Seconds.")]


class WatchdogAnswer(Answer):
    """What the worker's watchdog says of it."""

    condition: str
    reason: str | None
    at: datetime | None
    last_progress: datetime | None
    assigned: list[str]
    stalled: list[str]


class TopicLag(Answer):
    """A partition that the stages read: its end, what is done of it, and what waits."""

    topic: str
    partition: int
    end: int
    committed: int
    lag: int


class TopicRate(Answer):
    """Messages a second, over the last half minute: written to a topic, and done by the stage that reads it."""

    topic: str
    in_per_s: float
    out_per_s: Annotated[float | None, Field(description="Null for a topic that no stage reads.")]


class Latency(Answer):
    """Seconds from an article's arrival to a statement of it, of those of the last five minutes."""

    p50: float | None
    p95: float | None
    p99: float | None
    count: int


class ReasonCount(Answer):
    """How many dead letters have a reason."""

    reason: str
    count: int
    last_at: datetime | None


class DeadLetterCounts(Answer):
    """What could not be read; `by_reason` counts the latest 1,000 at most of each partition."""

    total: Annotated[int, Field(description="All that the topic keeps.")]
    by_reason: list[ReasonCount]


class Assignment(Answer):
    """The partitions of a topic that a worker has."""

    topic: str
    partitions: list[int]


class WorkerEntry(Answer):
    """A worker of the group."""

    client_id: Annotated[str, Field(description="The group's name for this worker.")]
    host: str
    assignments: list[Assignment]


class HealthAnswer(Answer):
    """How the stream and its workers are."""

    worker: WorkerSelf
    state: str
    reason: str | None
    watchdog: WatchdogAnswer
    topics: list[TopicLag]
    rates: list[TopicRate]
    latency: Latency
    dead_letters: DeadLetterCounts
    workers: Annotated[list[WorkerEntry], Field(description="Of a broker that does not tell, only the one asked.")]


class DeadLetterLine(Answer):
    """A dead letter without the message that could not be read."""

    id: Annotated[str, Field(description="Where it stands on its own topic: `partition:offset`.")]
    reason: str
    stage: Stage
    error: str
    topic: str
    partition: int
    offset: int
    at: datetime | None
    size: Annotated[int | None, Field(description="Bytes of the message; null where they were left out.")]


class DeadLettersAnswer(Answer):
    """Dead letters, newest first."""

    dead_letters: list[DeadLetterLine]


class DeadLetterAnswer(DeadLetterLine):
    """A dead letter with what could not be read."""

    key: Annotated[str | None, Field(description="As text; bytes that are none stand as \\x..")]
    headers: list[tuple[str, str | None]]
    text: Annotated[str | None, Field(description="The value, where it is UTF-8; 64 Ki characters at most.")]
    hex: Annotated[str, Field(description="The value's first 4,096 bytes.")]
    truncated: Annotated[bool, Field(description="Whether `text` or `hex` is not all.")]


class Country(Answer):
    """A state."""

    name: str


class CountriesAnswer(RootModel[dict[str, Country]]):
    """States by their ISO 3166-1 alpha-3 codes (former ones by ISO 3166-3)."""


class ErrorAnswer(Answer):
    """Why there is no answer."""

    error: Annotated[str, Field(description="Words for a person.")]


@dataclass(frozen=True)
class Endpoint:
    """An address that can be asked. ``answer`` is None for the stream of events."""

    path: str
    summary: str
    question: type[Question]
    answer: type[BaseModel] | None
    errors: tuple[Literal[400, 404, 503], ...] = (400,)


ENDPOINTS: dict[str, Endpoint] = {
    "statements": Endpoint(
        "/api/statements", "The latest statements.", StatementsQuestion, StatementsAnswer, (400, 503)
    ),
    "stream": Endpoint(
        "/api/stream",
        "Statements as they come, as server-sent events: `statement` with a statement, `reset` when the reader has "
        "missed some and should ask for the list anew.",
        StreamQuestion,
        None,
    ),
    "article": Endpoint(
        "/api/articles/{article_id}", "An article with its statements.", NoQuestion, ArticleAnswer, (400, 404, 503)
    ),
    "picture": Endpoint("/api/picture", "Who speaks about whom, and how.", PictureQuestion, PictureAnswer, (400, 503)),
    "health": Endpoint("/api/health", "How the stream and its workers are.", NoQuestion, HealthAnswer),
    "dead_letters": Endpoint("/api/dead-letters", "What could not be read.", DeadLettersQuestion, DeadLettersAnswer),
    "dead_letter": Endpoint(
        "/api/dead-letters/{letter_id}", "One of them, with its bytes.", NoQuestion, DeadLetterAnswer, (400, 404, 503)
    ),
    "countries": Endpoint("/api/countries", "The names of the states.", NoQuestion, CountriesAnswer),
}
