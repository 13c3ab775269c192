"""LaTeX as MathML, where the converter needs help."""

from quizbank.mathml import mathml


def test_space_stays_behind_the_sign_of_an_aligned_line() -> None:
    lines = mathml(r"\begin{aligned} & y \\ ={} & 3 \\ \Rightarrow{} & x = 1 \end{aligned}", display=True)

    assert lines.count('</mo><mspace width="0.2778em"></mspace></mtd>') == 2
    assert "mspace" not in mathml(r"\frac{1}{2} = x")


def test_primes_are_not_raised_twice() -> None:
    assert "<msup>" not in mathml(r"f'(x) + \tanh''(0)") and "<msubsup>" not in mathml("h'_1")
    assert "<msup>" in mathml("f'^2")
