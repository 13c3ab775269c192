"""`quizbank verify`: the whole bank, many seeds, second opinions."""

import sys

import click
import msgspec

from quizbank import bank
from quizbank.cli._options import progress
from quizbank.parallel import run_all
from quizbank.verify import MOST_NAMED, Proof, faces, prove_id


@click.command("verify")
@click.argument("ids", nargs=-1)
@click.option(
    "--seeds", type=click.IntRange(1, 10_000_000), default=25, show_default=True, help="Seeds a question."
)
@click.option("--workers", type=click.IntRange(1), help="Processes; by default one for each core.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(ids: tuple[str, ...], seeds: int, workers: int | None, as_json: bool) -> None:
    """Check every question (or those with the IDS) for many seeds: keys by two routes, slips, texts."""
    questions = [bank.find(id) for id in ids] if ids else list(bank.all_questions())
    tasks = [(id, form, seeds) for id, form in faces(questions)]
    proofs = list(progress("Verifying", run_all(prove_id, tasks, workers), len(tasks)))
    click.echo(msgspec.json.format(msgspec.json.encode(proofs)).decode() if as_json else table(proofs))
    sys.exit(0 if all(proof.sound for proof in proofs) else 1)


def table(proofs: list[Proof]) -> str:
    """Lay out what was found."""
    width = max(len(proof.id) for proof in proofs)
    lines = [f"{'question':<{width}}  form    variants  second opinion  distinct  commonest"]
    for proof in proofs:
        lines.append(
            f"{proof.id:<{width}}  {proof.form or '–':<6}  {proof.variants:>8}  {proof.checked or '–':>14}"
            f"  {proof.distinct:>8}  {proof.commonest:>8.1%}"
        )
        lines += [f"    ✗ {found.identity}: {found.law}: {found.text}" for found in proof.findings[:MOST_NAMED]]
        if len(proof.findings) > MOST_NAMED:
            lines.append(f"    … and {len(proof.findings) - MOST_NAMED} more")
    broken = sum(not proof.sound for proof in proofs)
    variants = sum(proof.variants for proof in proofs)
    verdict = f"{broken} with findings" if broken else "no disagreement"
    return "\n".join([*lines, "", f"{len(proofs)} questions, {variants} variants: {verdict}."])
