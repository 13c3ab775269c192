"""The files of an exam: what is made public, what stays secret, and the template to fill."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec

from grader.key import Key, Paper, encode_key
from quizbank.exam import Draft, Exam, key_paper
from quizbank.formats import Format, find_format
from quizbank.sheet import Sheet, exam_sheet, scored_sheet, sealed_sheet


class PublicPart(msgspec.Struct, frozen=True):
    """One thing asked."""

    name: str
    points: float


class PublicItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question; the identity, from which the answer could be made, only on practice papers."""

    number: str
    points: float
    parts: tuple[PublicPart, ...]
    identity: str = ""


class PublicPaper(msgspec.Struct, frozen=True):
    """One student's paper."""

    student: str
    name: str
    items: tuple[PublicItem, ...]


class PublicExam(msgspec.Struct, frozen=True):
    """What was asked and for how many points; never an answer."""

    exam: str
    title: str
    graded: bool
    seed: int | None
    papers: tuple[PublicPaper, ...]


MOST_PLACES = 5
SECRET = ("key.json", "solutions.", "questions.")


class Issued(msgspec.Struct, frozen=True):
    """One student's paper, ready to be written: its files, its key with a digest, and what is public of it."""

    student: str
    files: dict[str, bytes]
    key: Paper
    digest: str
    public: PublicPaper


def issue_paper(exam: Exam, names: Sequence[str], written: Mapping[str, str] | None = None) -> Issued:
    """Make everything of an exam's only paper, in the formats named; no files where it is `written` already.

    `written` gives the digests of such papers' keys by student: a paper that came out otherwise is made again.
    """
    (draft,) = exam.papers
    key = key_paper(draft)
    digest = blake2b(msgspec.json.encode(key), digest_size=12).hexdigest()
    done = (written or {}).get(draft.student.id) == digest
    files = {} if done else paper_files(exam, draft, [find_format(name) for name in names])
    return Issued(draft.student.id, files, key, digest, _public_paper(exam, draft))


def exam_files(exam: Exam, issued: Sequence[Issued]) -> dict[str, bytes]:
    """Give the files that every exam has: `exam.json` and the secret `key.json`."""
    seed = None if exam.graded else exam.seed
    public = PublicExam(exam.id, exam.title, exam.graded, seed, tuple(one.public for one in issued))
    key = Key(exam.id, exam.title, tuple(one.key for one in issued), exam.secret)
    described = msgspec.json.format(msgspec.json.encode(public), indent=1) + b"\n"
    return {"exam.json": described, "key.json": encode_key(key)}


def paper_files(exam: Exam, draft: Draft, formats: Sequence[Format]) -> dict[str, bytes]:
    """Give the files of one paper: sheet and solutions in each format, and the answers to fill."""
    files = {"answers.toml": answers_template(exam, draft).encode()}
    for one in printed(formats):
        files[f"sheet.{one.ending}"] = one.render((sheet_for(exam, draft, one),))
        files[f"solutions.{one.ending}"] = one.render((sheet_for(exam, draft, one, solved=True),))
    return files


def class_files(exam: Exam, formats: Sequence[Format]) -> dict[str, bytes]:
    """Give one file with all papers for the printer, in each format that people read."""
    papers = [one for one in formats if one.audience == "people"]
    sheets = tuple(exam_sheet(exam, draft) for draft in exam.papers) if papers else ()
    return {f"all-sheets.{one.ending}": one.render(sheets) for one in papers}


def platform_files(exam: Exam, formats: Sequence[Format]) -> dict[str, bytes]:
    """Give one secret file with all papers, solutions and scorings, for each platform."""
    platforms = [one for one in formats if one.audience == "platform"]
    sheets = tuple(scored_sheet(exam, draft) for draft in exam.papers) if platforms else ()
    return {f"questions.{one.ending}": one.render(sheets) for one in platforms}


def remarks(exam: Exam, formats: Sequence[Format]) -> Iterator[str]:
    """Say what each format leaves out or simplifies, and of which questions; all papers ask the same ones.

    A remark on many questions names the first of them and counts the others.
    """
    sheet = scored_sheet(exam, exam.papers[0])
    for one in formats:
        places: dict[str, list[str]] = {}
        for remark in one.remarks(sheet):
            places.setdefault(remark.text, []).append(remark.place)
        yield from (f"{one.name}{_listed(found)}: {text}" for text, found in places.items())


def _listed(places: Sequence[str]) -> str:
    """Name the first places of a remark.

    >>> _listed(["1 a", "2"]), _listed([""]), _listed(["1", "2", "3", "4", "5", "6", "7", "8"])
    (', questions 1 a, 2', '', ', questions 1, 2, 3, 4, 5 and 3 more')
    """
    if not any(places):
        return ""
    more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    return f", question{'' if len(places) == 1 else 's'} {', '.join(places[:MOST_PLACES])}{more}"


def printed(formats: Sequence[Format]) -> list[Format]:
    """Name the formats that give every student a sheet."""
    return [one for one in formats if one.audience != "platform"]


def sheet_for(exam: Exam, draft: Draft, one: Format, *, solved: bool = False) -> Sheet:
    """Make the sheet of one paper as the audience of a format may see it."""
    if one.audience == "platform":
        return scored_sheet(exam, draft)
    return (
        sealed_sheet(exam, draft)
        if one.audience == "practice" and not solved
        else exam_sheet(exam, draft, solved=solved)
    )


def answers_template(exam: Exam, draft: Draft) -> str:
    """Write the answers file that a student fills."""
    return "\n".join([*_template_lines(exam, draft), ""])


def is_secret(name: str) -> bool:
    """Say whether a file of an exam is for the teacher alone."""
    return name.rsplit("/", 1)[-1].startswith(SECRET)


def _template_lines(exam: Exam, draft: Draft) -> Iterator[str]:
    yield "# Write each answer between the single quotes; leave empty what you skip."
    yield f"exam = '{exam.id}'"
    yield f"student = '{draft.student.id}'"
    for item in draft.items:
        yield ""
        yield f"[answers.{item.number}]  # {item.variant.question.title or 'question ' + item.number}"
        for part in item.variant.question.parts:
            yield f"{part.name} = ''"


def _public_paper(exam: Exam, draft: Draft) -> PublicPaper:
    items = []
    for item in exam_sheet(exam, draft).items:
        drawn = next(one for one in draft.items if one.number == item.number)
        parts = tuple(PublicPart(part.name, part.points) for part in item.parts)
        identity = "" if exam.graded else drawn.variant.identity
        items.append(PublicItem(item.number, item.points, parts, identity))
    return PublicPaper(draft.student.id, draft.student.name, tuple(items))
