"""What a first look at all of an article's statements adds to the second."""

from streams.attribution.beliefs import second_look

IRAN, IRAQ = ("iran",), ("iraq",)


def test_what_the_other_statements_aim_at_is_believed_here_and_its_own_belief_left_out() -> None:
    first, second = second_look([{IRAN: {}}, {IRAN: {}}], [{IRAN: 0.9}, {IRAN: 0.1}], [{"Annan"}, {"Straw"}])
    assert (round(first[IRAN]["believed share"], 6), round(second[IRAN]["believed share"], 6)) == (0.1, 0.9)


def test_the_same_speakers_other_statements_are_told_apart() -> None:
    features = [{IRAN: {"content": 1.0}}, {IRAN: {}}, {IRAN: {}}]
    beliefs = [{IRAN: 0.2}, {IRAN: 0.8}, {IRAN: 0.0}]
    first, _, third = second_look(features, beliefs, [{"Annan"}, {"Annan"}, {"Straw"}])
    assert round(first[IRAN]["believed, same speaker"], 6) == 0.8
    assert first[IRAN]["believed after, same speaker"] == 0.8
    assert "believed, same speaker" not in third[IRAN]


def test_a_candidate_is_weighed_against_the_best_of_the_others() -> None:
    (only,) = second_look([{IRAN: {}, IRAQ: {}}], [{IRAN: 0.7, IRAQ: 0.3}], [set()])
    assert (only[IRAN]["rank 0"], only[IRAQ]["rank 1"]) == (1.0, 1.0)
    assert (only[IRAN]["believed of another"], only[IRAQ]["believed of another"]) == (0.3, 0.7)
