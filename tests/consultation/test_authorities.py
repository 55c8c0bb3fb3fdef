"""The list of authorities: whole or not at all, and the same again changes nothing."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from consultation.actions.authorities import ListFaulty, import_authorities
from consultation.authority_list import read_authorities
from consultation.models import Authority
from guidance.models import AuthorityType

LIST = "name,kind,code\nSwanbury City Council,Unitary authorities,E06000001\nLower Fen,,\n"


@pytest.fixture
def kinds(db):
    return AuthorityType.objects.get_or_create(
        slug="unitary-authorities", defaults={"name": "unitary authorities"}
    )[0]


def listed() -> list[tuple[str, str, str]]:
    rows = Authority.objects.order_by("name").values_list("name", "kind__slug", "code")
    return [(name, kind or "", code) for name, kind, code in rows]


def test_a_list_is_taken_in_and_again_changes_nothing(kinds):
    first = import_authorities(data=LIST.encode())
    assert first.added == ["Swanbury City Council", "Lower Fen"]
    again = import_authorities(data=LIST.encode())
    assert (again.added, again.changed, again.same) == ([], [], 2)
    assert listed() == [
        ("Lower Fen", "", ""),
        ("Swanbury City Council", "unitary-authorities", "E06000001"),
    ]


def test_what_is_renamed_stays_the_same_authority(kinds):
    import_authorities(data=LIST.encode())
    pk = Authority.objects.get(code="E06000001").pk
    done = import_authorities(data=b"name,code\nSwanbury,E06000001\n")
    assert done.changed == ["Swanbury City Council → Swanbury"]
    assert done.missing == ["Lower Fen"]
    assert Authority.objects.get(pk=pk).kind == kinds
    assert Authority.objects.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_save_in_many_ways(encoding, delimiter):
    text = delimiter.join(("Code", " NAME ")) + "\r\n" + delimiter.join(("E1", "Côte"))
    read = read_authorities(text.encode(encoding), ())
    assert [(row.name, row.code) for row in read.rows] == [("Côte", "E1")]
    assert read.faults == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",,E1", "Line 4: there is no name."),
        ("Swanbury CITY Council,,E2", "Line 4: the name “Swanbury CITY Council” stands in line 2"),
        ("Other,,e06000001", "Line 4: the code “e06000001” stands in line 2 already."),
        ("Other,castles,", "Line 4: “castles” is not a kind of authority"),
        (f"{'x' * 201},,", "Line 4: keep the name to 200 characters."),
        (f"Other,,{'x' * 21}", "Line 4: keep the code to 20 characters."),
    ],
)
def test_every_fault_is_named_by_its_line_and_nothing_is_changed(kinds, line, said):
    with pytest.raises(ListFaulty) as faulty:
        import_authorities(data=f"{LIST}{line}\n".encode())
    assert len(faulty.value.faults) == 1
    assert faulty.value.faults[0].startswith(said)
    assert listed() == []


@pytest.mark.parametrize("data", [b"", b"town,county\n", b"\x00\x01\x02name", b"\xff\xd8\xff\xe0"])
def test_what_is_no_list_is_refused(db, data):
    with pytest.raises(ListFaulty):
        import_authorities(data=data)


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reading(data):
    read_authorities(b"name\n" + data, ())


def test_the_command_says_what_changed_and_what_is_wrong(kinds, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    call_command("import_authorities", str(path))
    assert "added: Lower Fen" in capsys.readouterr().out
    call_command("import_authorities", str(path))
    assert "0 added, 0 changed, 2 as they were" in capsys.readouterr().out
    path.write_text("name\n,\nA\nA\n")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_authorities", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_authorities", str(tmp_path / "none.csv"))
