"""Why RMSprop has no bias correction."""

from quizbank import Conceptual

question = Conceptual(
    "ch4.q1.d.ii",
    title="No correction in RMSprop",
    section="IV.4",
    points=1,
    difficulty=1,
    minutes=2,
    topics=("optimisers", "Adam", "RMSprop"),
    need=1,
    steps=2,
    text=r"Adam divides its running averages by $1-\beta^t$. Why is there no such bias correction in RMSprop, as it is usually stated?",
    hints=("Does the running average of RMSprop start at zero, too?", "Which of the two optimisers is older?"),
    key_points="""
        history: introduc|came|come|histor|invent|propos|older|earlier|later|first|predate|publish|not yet|new with|appear|existed before|before adam|after rmsprop => For historical reasons: the correction was introduced with Adam, which came later. RMSprop could use it as well.
        possible*0.5: could use|one could use|could be used|could be added|could also|could have|could be corrected|would work|would be possible|no reason|no good reason|no deep reason|nothing against|not part of => Nothing speaks against a correction in RMSprop.
    """,
    forbid="""
        not need|no need|not necessary|unnecessary|superfluous|not start|not initialis|not biased => The average of RMSprop starts at zero, too, and has the same bias. [0.0]
        introduced with RMSprop|introduced by RMSprop|came with RMSprop|comes from RMSprop|invented with RMSprop|adam is older|adam was older|adam came first|adam came before|adam existed before => RMSprop is the older one; the correction came with Adam. [0.0]
    """,
    models=(
        "For historical reasons: bias correction was first introduced with Adam, which came after RMSprop.",
        "RMSprop is older; the correction was invented later, although RMSprop could use it just as well.",
        "Simply because Adam was the first optimiser to propose it.",
    ),
    samples="""
        1.0 | because it was introduced only with Adam
        0.0 | because the moments of RMSprop do not start at zero
        1.0 | no good reason, RMSprop was published earlier
        0.5 | one could use it in RMSprop just as well
        0.0 | RMSprop does not need it because it has only one moment
    """,
    statements="""
        + The running average of RMSprop starts at zero, like those of Adam. | So it has the same bias in the first steps.
        + Bias correction was introduced together with Adam. | RMSprop was in use before.
        + RMSprop could be corrected in the same way as Adam. | Its average could be divided by 1 − βᵗ.
        + The first steps of RMSprop are larger than its learning rate suggests. | With β = 0.99, v is only 1 % of g² at first: a step of 10 α.
        + The effect of the missing correction fades with the number of steps. | βᵗ goes to 0.
        + The missing correction of RMSprop has historical reasons. | Nothing in its update speaks against one.
        - RMSprop starts its average at the first squared gradient. | As usually stated it starts at zero.
        - RMSprop has no running average that could be biased. | It averages the squared gradients.
        - The square root in RMSprop removes the bias. | The root of a value that is too small is too small as well.
        - A correction is only needed where there are two moments. | Each average that starts at zero has the bias on its own.
        - The small ε in the denominator takes the place of the correction. | It prevents a division by zero and is far too small for that.
        - RMSprop would no longer be adaptive with a correction. | Each parameter would keep its own step size.
    """,
)
