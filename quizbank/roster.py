"""The roster of a class: a CSV table with the columns id and name."""

from quizbank.errors import FileError
from quizbank.exam import Student
from quizbank.files import can_name_file
from quizbank.submission import decode_text, table_rows


def read_roster(name: str, data: bytes) -> tuple[Student, ...]:
    """Read the students of a class; raises `FileError` naming file, line and remedy."""
    students: dict[str, Student] = {}
    for line, row in table_rows(name, decode_text(name, data), ("id", "name")):
        student = Student(row["id"].strip(), " ".join(row["name"].split()))
        _check(f"{name}, line {line}", student, students)
        students[student.id] = student
    if not students:
        raise FileError(f"{name}: the roster is empty; give one student a line, as id,name.")
    return tuple(students.values())


def _check(where: str, student: Student, known: dict[str, Student]) -> None:
    if not student.id:
        raise FileError(f"{where}: this student has no id; give every student one.")
    if student.id in known:
        raise FileError(f"{where}: the student “{student.id}” stands here a second time; remove one of the lines.")
    twin = next((other for other in known if other.casefold() == student.id.casefold()), None)
    if twin:
        raise FileError(
            f"{where}: “{student.id}” and “{twin}” would share a folder; make the ids differ in more than case."
        )
    if not can_name_file(student.id):
        raise FileError(f"{where}: the id “{student.id[:80]}” cannot name a folder; use letters, digits, - and _.")
