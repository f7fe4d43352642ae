"""What a worker may answer for the picture and its health, where a test chooses it."""

from __future__ import annotations

from typing import Any

PICTURE: dict[str, Any] = {
    "window": "all",
    "since": None,
    "until": "2026-03-01T12:00:00Z",
    "pairs": [
        {"speaker": "JPN", "target": "PRK", "count": 12, "acts": {"appeal": 8, "demand": 4}, "tone": -0.3},
        {"speaker": "PRK", "target": "JPN", "count": 5, "acts": {"reject": 5}, "tone": -1.0},
        {"speaker": "KOR", "target": "PRK", "count": 3, "acts": {"pledge": 3}, "tone": 1.0},
    ],
    "acts": [
        {"at": "2026-03-01T11:00:00Z", "act": "appeal", "count": 8},
        {"at": "2026-03-01T11:00:00Z", "act": "reject", "count": 5},
        {"at": "2026-03-01T11:30:00Z", "act": "pledge", "count": 3},
    ],
    "speakers": [
        {"name": "Junichiro Koizumi", "country": "JPN", "kind": "person", "count": 12},
        {"name": "North Korea", "country": "PRK", "kind": "country", "count": 5},
    ],
    "statements": 20,
    "articles": 4,
}

LETTER: dict[str, Any] = {
    "id": "2:17",
    "reason": "not_json",
    "stage": "sentences",
    "error": "unexpected character: line 1 column 1 (char 0)",
    "topic": "news.articles",
    "partition": 2,
    "offset": 17,
    "at": "2026-03-01T11:58:00Z",
    "size": 27,
}

BYTES = "<script>not json\u202e</script>".encode()

OPENED: dict[str, Any] = {
    **LETTER,
    "key": None,
    "headers": [["ce_type", "org.example"], ["ce_id", "\u202ex"]],
    "text": BYTES.decode(),
    "hex": BYTES.hex(),
    "truncated": False,
}

HEALTH: dict[str, Any] = {
    "worker": {"id": "w", "version": "0.1.0", "started_at": "2026-03-01T09:00:00Z", "uptime": 11_412.3},
    "state": "stalled",
    "reason": "news.articles 2 has not moved for 64 s",
    "watchdog": {
        "condition": "stalled",
        "reason": "news.articles 2 has not moved for 64 s",
        "at": "2026-03-01T12:00:00Z",
        "last_progress": None,
        "assigned": ["news.articles[0]", "news.articles[2]"],
        "stalled": ["news.articles[2]"],
    },
    "topics": [
        {"topic": topic, "partition": partition, "end": 100 + partition, "committed": 100, "lag": partition}
        for topic in ("news.articles", "news.sentences")
        for partition in range(4)
    ],
    "rates": [{"topic": "news.articles", "in_per_s": 3.25, "out_per_s": 3.0}],
    "latency": {"p50": 0.231, "p95": 1.2, "p99": None, "count": 164},
    "dead_letters": {"total": 1, "by_reason": [{"reason": "not_json", "count": 1, "last_at": "2026-03-01T11:58:00Z"}]},
    "workers": [
        {"client_id": "a", "host": "127.0.0.1", "assignments": [{"topic": "news.articles", "partitions": [0, 1]}]},
        {"client_id": "b", "host": "127.0.0.2", "assignments": []},
    ],
}
