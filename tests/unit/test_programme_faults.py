"""Every kind of fault in a programme file is told, with the file, the key and the reason."""

import pytest

from resettle.programmes.loader import BadDefinition, inspect, load_all, read
from resettle.programmes.release import release
from tests.unit.programme_faults import CASES, NZ, QUOTA, WAY
from tests.unit.programme_files import a_copy, spoiled


@pytest.mark.parametrize(("file", "old", "new", "told"), CASES.values(), ids=CASES.keys())
def test_the_fault_is_told(tmp_path, file, old, new, told):
    faults = spoiled(tmp_path, file, old, new)

    assert any(told in fault for fault in faults), faults


def test_an_item_of_the_centre_needs_a_centre(tmp_path):
    row = 'code = "REC-01"\ntitle = "Arrived at reception centre"\ndomain = "ARR"'
    streams = 'for = ["household"]\nstreams = ["quota"'
    text = f'{row}\ndue = ["arrived + 0 days"]\n{streams}'

    faults = spoiled(tmp_path, NZ, text, f'{text}, "sponsorship"')

    told = "milestone.REC-01.at_reception: the programme has no days at a reception centre"
    assert faults == [f"{NZ}: {told}"]


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    folder = a_copy(tmp_path)
    for file, old, new in (
        ("rqp/1.toml", "days = 365", "days = 0"),
        ("cors/1.toml", "overflow = 5", "overflow = 30"),
        ("cors/1.toml", "to_age = 45", "to_age = 17"),
    ):
        path = folder / file
        path.write_text(path.read_text().replace(old, new, 1))

    with pytest.raises(BadDefinition) as caught:
        load_all(folder)

    assert [(fault.file, fault.key) for fault in caught.value.faults] == [
        ("cors/1.toml", "cap.total.overflow"),
        ("cors/1.toml", "eligibility.age.to_age"),
        ("rqp/1.toml", "support.days"),
    ]
    assert str(caught.value).count("\n") == 2


def test_an_include_that_is_gone_is_told_alone_beside_the_faults_of_the_file_itself(tmp_path):
    folder = a_copy(tmp_path)
    (folder / WAY).unlink()
    path = folder / QUOTA
    path.write_text(path.read_text().replace("days = 730", "days = true", 1))

    _, faults = inspect(folder)

    gone = f"include: there is no {WAY} that can be loaded"
    assert [str(fault) for fault in faults] == [
        f"rqp/1.toml: {gone}",
        f"rqp/2.toml: {gone}",
        f"rqp/3.toml: {gone}",
        "rqp/3.toml: support.days: must be a whole number",
    ]


def test_a_folder_without_programmes_is_a_fault(tmp_path):
    _, faults = inspect(tmp_path)

    assert [str(fault) for fault in faults] == [f"{tmp_path}: holds no programme (<code>/<n>.toml)"]


def test_a_folder_that_stands_alone_uses_the_shipped_lists(tmp_path):
    folder = a_copy(tmp_path / "with")
    alone = folder.rename(tmp_path / "programmes")
    (alone / "sources.toml").unlink()
    release(alone)

    _, faults = inspect(alone)

    assert faults == ()


def test_a_file_that_is_gone_is_a_fault(tmp_path):
    faults = []

    assert read(tmp_path / "gone.toml", object, faults, "gone.toml") is None
    assert [str(fault) for fault in faults] == [
        "gone.toml: cannot be read: No such file or directory"
    ]
