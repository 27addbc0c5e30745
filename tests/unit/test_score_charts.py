"""Where ratings stand in their picture."""

from datetime import date

from resettle.web.score_charts import Rated, scores

SCALE = (1, 2, 3, 4, 5)


def test_each_side_has_a_line_of_its_own_in_the_order_of_the_days():
    picture = scores(
        [
            Rated("staff", date(2026, 6, 1), 4),
            Rated("staff", date(2026, 2, 1), 2),
            Rated("family", date(2026, 2, 1), 3),
        ],
        SCALE,
        target=5,
    )

    assert [(dot.side, dot.score) for dot in picture.dots] == [
        ("staff", 2),
        ("family", 3),
        ("staff", 4),
    ]
    (stroke,) = picture.strokes
    assert stroke.side == "staff"
    assert stroke.x1 < stroke.x2
    assert stroke.y1 > stroke.y2
    assert picture.target == dict(picture.levels)[5]


def test_a_single_score_is_a_picture_too():
    picture = scores([Rated("staff", date(2026, 2, 1), 2)], SCALE)

    assert len(picture.dots) == 1
    assert picture.strokes == []
    assert picture.target is None
    assert picture.days[0][1] < picture.days[1][1]
