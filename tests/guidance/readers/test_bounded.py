"""Reading in a process of its own: what comes back, and what a hostile file can do."""

import io
import json
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guidance.outline.model import Box, Outline, Paragraph, Text
from guidance.outline.source import UnreadableFile
from guidance.readers import bounded
from guidance.readers.bounded import ReaderFailed, read_outline

PAGE = b"<h1>Code</h1><p>1.1 The duty applies.</p><p>1.2 It binds.</p><p>1.3 It ends.</p>"
ROOT = Path(bounded.__file__).resolve().parents[2]


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that takes all temporary files, so that a test can see that none is left."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def processes(scratch: Path) -> set[str]:
    """What runs now of this test's own, children of children too: other tests read files as well,
    but each gives its processes a temporary folder of its own."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if f"TMPDIR={scratch}".encode() in environment:
            found.add(folder.name)
    return found


def gone_soon(scratch: Path) -> bool:
    """Whether they all end: the system needs a moment to take away what was killed."""
    until = time.monotonic() + 5
    while processes(scratch) and time.monotonic() < until:
        time.sleep(0.01)
    return not processes(scratch)


def replace_reader(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Let the process run this code where it would read the file."""
    code = (
        "import sys; from guidance.readers import bounded; import guidance.readers as r\n"
        f"def hostile(data, name):\n{body}\n"
        "r.read_bytes = hostile\n"
        "bounded.main(sys.argv[1:])\n"
    )
    start = subprocess.Popen

    def popen(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        return start([command[0], "-c", code, *command[3:]], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(bounded.subprocess, "Popen", popen)


def test_the_outline_comes_back_as_if_read_here(scratch: Path) -> None:
    from guidance.outline.build import build
    from guidance.readers import read_bytes

    steps: list[str] = []
    outline = read_outline(io.BytesIO(PAGE), "a.html", progress=steps.append)
    assert outline == build(read_bytes(PAGE, "a.html"))
    assert outline.numbers == ["1.1", "1.2", "1.3"]
    assert steps == ["reading", "understanding"]
    assert list(scratch.iterdir()) == []


def test_a_path_is_read_like_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE)
    assert read_outline(path) == read_outline(io.BytesIO(PAGE))


def test_the_sentence_for_a_bad_file_comes_back(scratch: Path) -> None:
    with pytest.raises(UnreadableFile, match="is a picture"):
        read_outline(io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(50)), "a.docx")
    assert list(scratch.iterdir()) == []


HOSTILE = {
    "runs for ever": ("    while True: pass", "took too long"),
    "waits for ever": ("    import time; time.sleep(60)", "took too long"),
    "waits with the pipe closed": (
        "    import os, time; sys.stdout = None; os.close(1); time.sleep(60)",
        "took too long",
    ),
    "leaves a child behind": (
        "    import subprocess; subprocess.Popen(['sleep', '60']); import time; time.sleep(60)",
        "took too long",
    ),
    "fills the memory": (
        "    held = [bytearray(1 << 20) for _ in range(10**6)]",
        "too much memory",
    ),
    "asks for it at once": ("    held = bytearray(10**12)", "too much memory"),
    "kills itself": ("    import os; os.kill(os.getpid(), 11)", "could not be read"),
    "leaves files": (
        "    import tempfile; tempfile.mkstemp(); raise ValueError('the words of the file')",
        "could not be read",
    ),
    "ends at once": ("    import os; os._exit(0)", "could not be read"),
    "sends rubbish": (
        "    import os; os.write(1, b'=\\nrubbish'); os._exit(0)",
        "could not be read",
    ),
}


@pytest.mark.parametrize(("body", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_harms_only_its_own_process(
    body: str, words: str, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_reader(monkeypatch, body)
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        read_outline(io.BytesIO(PAGE), "a.html", seconds=2, megabytes=300)
    assert words in str(caught.value)
    assert "the words of the file" not in str(caught.value)
    assert time.monotonic() - started < 10
    assert list(scratch.iterdir()) == []
    assert gone_soon(scratch)


def test_a_fault_of_a_reader_names_its_place_and_quotes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replace_reader(monkeypatch, "    raise KeyError('the words of the file')")
    with pytest.raises(ReaderFailed) as caught:
        read_outline(io.BytesIO(PAGE))
    assert caught.value.where.startswith("KeyError at guidance/readers/bounded.py:")


def test_the_process_sees_no_settings_and_no_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    body = (
        "    import os\n"
        "    from guidance.outline.source import UnreadableFile\n"
        "    django = any(m.partition('.')[0] in ('django', 'wagtail') for m in sys.modules)\n"
        "    raise UnreadableFile(f\"{'DATABASE_URL' in os.environ} {django} {name}\")"
    )
    replace_reader(monkeypatch, body)
    with pytest.raises(UnreadableFile, match=r"^False False \.html$"):
        read_outline(io.BytesIO(PAGE), "/home/someone/name of a person.html")


def test_the_reply_can_only_hold_an_outline() -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (exec, ("raise SystemExit",))

    for harm in (Harm(), subprocess.Popen, bounded, sys.exit, Outline(format="x")):
        with pytest.raises((ReaderFailed, TypeError, pickle.PicklingError)):
            bounded._outline_in(bytearray(b"1\n2\n=\n" + pickle.dumps(harm)), 0)


def test_the_readers_import_no_django_and_no_parser_before_they_are_needed() -> None:
    code = "import sys, guidance.readers; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"django", "lxml", "pdfplumber", "docx"} & set(modules)


def test_the_command_paper_comes_back_with_its_paragraphs_boxes_and_notes(
    shared_data: Path,
) -> None:
    facts = json.loads((shared_data / "facts.json").read_text())["real/"]
    expected = facts["real/rail-vision-command-paper.html"]
    outline = read_outline(shared_data / "real" / "rail-vision-command-paper.html")
    blocks = list(outline.blocks())
    assert outline.numbers == expected["numbers"]
    assert sum(isinstance(b, Box) for b in blocks) == expected["call_out_boxes"]
    notes = [note for b in blocks if isinstance(b, (Paragraph, Box, Text)) for note in b.notes]
    assert len(notes) == expected["footnotes"]


def test_a_file_is_called_this_file_where_only_its_kind_is_known():
    with pytest.raises(UnreadableFile, match=r"^This file is damaged or is not a PDF"):
        read_outline(io.BytesIO(b"%PDF-1.7\nnothing that a PDF holds"), "private-name.pdf")
