"""The installed command, as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "harbour-talks.md"
REPORT = 'French police arrested the mayor of Lyon on Monday. "This is a mistake," said his lawyer, Jean Morel.\n'


def run(*args: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = Path(sys.executable).with_name("whowhom")
    return subprocess.run(
        [str(command), *args],
        input=stdin,
        capture_output=True,
        timeout=120,
        env={"PATH": "/usr/bin:/bin", "HOME": str(Path.home()), "COLUMNS": "100", **environment},
        cwd=ROOT,
        check=False,
    )


@pytest.fixture(scope="module")
def coded() -> dict[str, object]:
    done = run("code", str(EXAMPLE), "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_json_meets_the_schema(coded: dict[str, object]) -> None:
    schema = json.loads(run("schema").stdout)
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(coded)) == []


def test_every_record_has_evidence_inside_the_text_and_known_actors(coded: dict[str, object]) -> None:
    ids = {actor["id"] for actor in coded["actors"]}  # type: ignore[union-attr,index]
    for name in ("events", "statements", "pledges", "relations", "roles"):
        for record in coded[name]:  # type: ignore[attr-defined]
            assert record["evidence"], name
            assert all(0 <= a < b <= len(coded["text"]) for a, b in record["evidence"])  # type: ignore[arg-type]
            named = [record.get(k) for k in ("speaker", "reported_by", "subject", "object", "actor")]
            listed = [one for k in ("actors", "recipients", "promiser", "beneficiary") for one in record.get(k, [])]
            assert {one for one in (*named, *listed) if one} <= ids


def test_all_kinds_of_record_come_out_of_the_example(coded: dict[str, object]) -> None:
    for name in ("actors", "roles", "events", "statements", "pledges", "relations"):
        assert coded[name], name


def test_standard_input_and_the_date_option() -> None:
    done = run("code", "-", "--published", "14 September 2020", "-f", "jsonl", stdin=REPORT.encode())
    document = json.loads(done.stdout)
    assert document["source_id"] == "stdin"
    arrest = next(e for e in document["events"] if e["mode"] == "arrest")
    assert arrest["start"] == "2020-09-14"


def test_csv_has_a_row_an_event() -> None:
    done = run("code", "-", "-f", "csv", stdin=REPORT.encode())
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [row["type"] for row in rows][:1] == ["COERCE"]
    assert rows[0]["actor_countries"] == "FRA"


def test_explain_shows_the_sentence_and_the_rule() -> None:
    done = run("code", "-", "--explain", "1", stdin=REPORT.encode())
    shown = done.stdout.decode()
    assert "arrested" in shown
    assert "v:arrest" in shown


def test_explain_of_a_record_that_is_not_there_is_an_error() -> None:
    done = run("code", "-", "--explain", "e99", stdin=REPORT.encode())
    assert done.returncode == 2
    assert done.stdout == b""


def test_bad_files_are_skipped_with_reasons_and_the_good_one_is_coded(tmp_path: Path) -> None:
    (tmp_path / "a-empty.txt").write_bytes(b"")
    (tmp_path / "b-binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "c-broken.txt").write_bytes(b"The king of Spain praised the mayor. \xff\xfe caf\xe9 talks went on.\n")
    (tmp_path / "d-good.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "e-none.html").write_text("<html><body><nav>Home</nav></body></html>", encoding="utf-8")
    (tmp_path / "f-french.txt").write_text(
        "Le président de la République a rencontré hier le premier ministre pour parler de la réforme des retraites."
        " Les syndicats ont annoncé une grève générale pour la semaine prochaine dans tout le pays.",
        encoding="utf-8",
    )
    done = run("code", str(tmp_path), "-f", "jsonl")
    coded = [json.loads(line)["source_id"] for line in done.stdout.splitlines()]
    told = done.stderr.decode()
    assert done.returncode == 3
    assert "d-good" in coded
    for reason in ("empty", "binary", "not-english"):
        assert f": {reason}: " in told, told


def test_one_line_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"word " * 10_500_000)
    done = run("code", str(path))
    assert done.returncode == 1
    assert b"too-large" in done.stderr


def test_a_folder_without_a_readable_file_and_a_missing_file_code_nothing(tmp_path: Path) -> None:
    assert run("code", str(tmp_path)).returncode == 1
    missing = run("code", str(tmp_path / "no.txt"))
    assert missing.returncode == 1
    assert b"not-found" in missing.stderr


def test_a_date_that_is_none_is_wrong_use() -> None:
    done = run("code", str(EXAMPLE), "--published", "yesterdayish")
    assert done.returncode == 2
    assert b"yesterdayish" in done.stderr


def test_addresses_of_this_machine_are_refused_and_unreachable_ones_told() -> None:
    refused = run("code", "http://127.0.0.1:9/report.html")
    assert refused.returncode == 1
    assert b"127.0.0.1" in refused.stderr
    unreachable = run("code", "http://127.0.0.1:9/report.html", "--allow-private")
    assert unreachable.returncode == 1
    assert b"unreachable" in unreachable.stderr


def test_output_is_utf8_in_a_plain_locale_and_has_no_colour_in_a_pipe() -> None:
    done = run("code", "-", stdin="Chancellor Angela Merkel praised Łukasz Nowák, the mayor.\n".encode(), LC_ALL="C")
    assert "Łukasz" in done.stdout.decode("utf-8")
    assert b"\x1b[" not in done.stdout


def test_help_and_version_answer() -> None:
    assert b"whowhom code report.txt" in run("code", "--help").stdout
    assert run("--version").stdout.strip()


def test_the_network_can_be_left_out(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Kenya condemned Uganda on Monday.")
    found = run("code", str(report), "--no-model", "--format", "csv")
    assert found.returncode == 0
    assert b"ACCUSE" in found.stdout
