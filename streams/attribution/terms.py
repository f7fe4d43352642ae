"""Which term of office a title means, and what titles say of the one whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from streams.attribution.titles import Title
from streams.knowledge.entries import Holder, Sex

RANK = {
    "head_of_state": 0, "head_of_government": 1, "foreign_minister": 2, "head_of_organisation": 2,
    "defence_minister": 3,
}  # fmt: skip
"""Offices of states and bodies, the first first."""


def tells_person(titles: Sequence[Title | None]) -> bool:
    """Whether one of the titles before and after a name is somebody's."""
    return any(title is not None and (title.role or title.addressed or title.sex or title.offices) for title in titles)


def rules_out(titles: tuple[Title | None, Title | None]) -> bool:
    """Whether one of them says enough to tell that somebody is not meant."""
    return any(title is not None and (title.offices or title.sex) for title in titles)


def sex_of(titles: Sequence[Title | None]) -> Sex | None:
    """The sex that they tell, if any."""
    return next((title.sex for title in titles if title and title.sex), None)


def held_by_none(holders: Sequence[Holder], titles: Sequence[Title | None]) -> bool:
    """Whether a title names an office that is known not to be this person's: "President Clinton" is not Hillary."""
    offices = {office for title in titles if title for office in title.offices} & RANK.keys()
    return bool(holders) and bool(offices) and not offices & {holder.office for holder in holders}


def likeliest(
    holders: Sequence[Holder], on: date, titles: tuple[Title | None, Title | None], states: dict[str, int]
) -> Holder | None:
    """The term of office that is meant: the one the title names, nearest in time, of a state that the article names."""
    if not holders:
        return None
    country = next((title.country for title in titles if title and title.country), None)
    offices = {office for title in titles if title for office in title.offices}
    sex = sex_of(titles)

    def order(holder: Holder) -> tuple[object, ...]:
        return (
            bool(country) and holder.state != country,
            bool(sex) and holder.sex not in {None, sex},
            bool(offices) and holder.office not in offices,
            holder.distance(on) // 366,
            holder.state is not None and holder.state not in states,
            RANK.get(holder.office, 4),
            holder.distance(on),
            -(holder.since or date.min).toordinal(),
        )

    return min(holders, key=order)
