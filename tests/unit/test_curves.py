"""Where the steps of curves stand in the picture."""

from resettle.web.curves import Step, picture


def test_a_curve_starts_at_nobody_and_goes_up_with_its_steps():
    drawn = picture([("quota", [Step(100, 50, 40, 60, 30)])], 200)
    [curve] = drawn.curves

    assert [(line.x1, line.x2) for line in curve.lines] == [(9.0, 53.0), (53.0, 97.0), (53.0, 53.0)]
    assert curve.lines[0].y1 == drawn.bottom
    assert curve.lines[1].y1 < drawn.bottom
    assert (curve.lines[2].y1, curve.lines[2].y2) == (drawn.bottom, curve.lines[1].y1)
    [band] = curve.bands
    assert (band.x, band.width) == (53.0, 44.0)


def test_curves_are_told_apart_by_more_than_colour():
    drawn = picture([("quota", []), ("cors", [])], 365)

    assert [curve.mark for curve in drawn.curves] == ["solid", "dashed"]
    assert drawn.days[0] == (0, 9.0)
    assert [level for level, _ in drawn.levels] == [0, 25, 50, 75, 100]


def test_nothing_at_all_is_an_empty_picture():
    assert picture([], 0).curves == []
