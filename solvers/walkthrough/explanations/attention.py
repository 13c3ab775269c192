"""Attention, with projections and heads or by itself."""

from collections.abc import Iterator

from solvers.engine.layer import Array
from solvers.walkthrough.attending import Heads, backward_steps, forward_steps, heads
from solvers.walkthrough.showing import show
from solvers.walkthrough.view import View, partial
from solvers.worked import Step

KINDS = ("attention", "scaled-dot-product")
WORDS = {"q": "what a token looks for", "k": "what a token offers", "v": "what a token hands over"}


def forward(view: View) -> Iterator[Step]:
    """Projections, heads, scores, weights, and the output."""
    if _projected(view):
        for letter, source in zip("qkv", _three(view), strict=True):
            bias = f" + {view.symbol(f'b{letter}')}" if view.has(f"b{letter}") else ""
            P = _projection(view, letter)
            yield Step(
                f"{'Queries' if letter == 'q' else 'Keys' if letter == 'k' else 'Values'}: {WORDS[letter]}.",
                rf"{letter.upper()} = {view.symbols.value(source)} \, {view.symbol(f'W{letter}')}{bias}",
                "",
                show(P),
                letter.upper(),
            )
        if view.layer.heads > 1:
            yield Step(
                f"The columns are dealt out to {view.layer.heads} heads, neighbours together; each attends by itself."
            )
    yield from forward_steps(attending_heads(view), view.layer.causal)
    inputs = {view.name_of(s): X for s, X in zip(view.record.sources, view.record.inputs, strict=True)}
    if view.has("Wo"):
        bias = f" + {view.symbol('bo')}" if view.has("bo") else ""
        yield view.output_step(
            "The heads side by side, mixed by the last weights.", rf"O \, {view.symbol('Wo')}{bias}", "", inputs
        )
    else:
        yield view.output_step("That is the output.", "O", "", inputs)


def backward(view: View) -> Iterator[Step]:
    """Back through the last weights, the heads, and the projections."""
    dO = view.dY
    if view.has("Wo"):
        dO = view.dY @ view.param("Wo").T
        yield view.param_step(
            "Wo",
            "The last weights are those of an affine layer: what entered, transposed, times the upstream "
            "gradient.",
            rf"O^T \, {view.up}",
            "",
            {view.upstream_name: view.dY},
        )
        if view.has("bo"):
            yield view.param_step(
                "bo", "The bias adds up the upstream gradients of all tokens.", rf"\sum {view.up}"
            )
        yield Step(
            "What comes back to the heads.", rf"{partial('O')} = {view.up} \, {view.symbol('Wo')}^T", "", show(dO)
        )
    yield from backward_steps(attending_heads(view), _split(view, dO) if _projected(view) else dO)
    if _projected(view):
        yield from _projections_back(view)
    yield from _inputs_back(view)


def _projections_back(view: View) -> Iterator[Step]:
    for letter, source in zip("qkv", _three(view), strict=True):
        up, why = (
            partial(letter.upper()),
            "The projections are affine: input transposed times gradient." if letter == "q" else "Likewise.",
        )
        yield view.param_step(f"W{letter}", why, rf"{view.symbols.value(source)}^T \, {up}")
        if view.has(f"b{letter}"):
            yield view.param_step(f"b{letter}", "", rf"\sum {up}")


def _inputs_back(view: View) -> Iterator[Step]:
    ways = [
        rf"{partial(letter.upper())} \, {view.symbol(f'W{letter}')}^T"
        if _projected(view)
        else partial(letter.upper())
        for letter in "qkv"
    ]
    count = len(view.record.inputs)
    rules = [" + ".join(ways)] if count == 1 else [ways[0], " + ".join(ways[1:])] if count == 2 else ways
    for place, rule in enumerate(rules):
        if view.record.grad_inputs[place] is not None:
            reason = (
                "Queries, keys and values were made of it in several ways: the gradients of all of them add up."
            )
            yield view.input_step(reason if "+" in rule else "Back to the input.", rule, place=place)


def _projected(view: View) -> bool:
    return bool(view.layer.kind == "attention")


def _three(view: View) -> tuple[str, str, str]:
    sources = view.record.sources
    return sources[0], sources[min(1, len(sources) - 1)], sources[-1]


def _projection(view: View, letter: str) -> Array:
    inputs = dict(zip(view.record.sources, view.record.inputs, strict=True))
    X = inputs[_three(view)["qkv".index(letter)]]
    projected: Array = X @ view.param(f"W{letter}") + view.record.params.get(f"b{letter}", 0)
    return projected


def _split(view: View, tokens: Array) -> Array:
    """View (…, tokens, features) as (…, heads, tokens, features of a head); one head needs no axis."""
    if view.layer.heads == 1:
        return tokens
    return tokens.reshape(*tokens.shape[:-1], view.layer.heads, -1).swapaxes(-2, -3)


def attending_heads(view: View) -> Heads:
    """Give queries, keys and values of all heads, and what becomes of them."""
    mask = view.record.params.get("mask")
    if not _projected(view):
        Q, K, V = view.record.inputs
        return heads(Q, K, V, view.layer.scale, view.layer.causal, mask)
    if mask is not None and view.layer.heads == 1 and mask.ndim > 2:
        mask = mask[..., 0, :, :]
    Q, K, V = (_split(view, _projection(view, letter)) for letter in "qkv")
    return heads(Q, K, V, None, view.layer.causal, mask)
