"""How many parameters a recurrent cell has, whatever the length of the sequence."""

import numpy as np

from grader.kinds.number import Number
from quizbank import Question, integers, one_of, part, slip
from quizbank.usual import under
from solvers.parameters import recurrent_parameters, recurrent_parameters_steps

question = Question(
    "ch6.body.rnn_params",
    also=("ch6.rnn_params", "ch6.lstm_params"),
    title="Parameters of recurrent cells",
    section="VI.1",
    points=3,
    difficulty=2,
    minutes=4,
    topics=("recurrent networks", "LSTM", "parameters"),
    D=one_of(3, 5, 8, 10, 16, 50),
    M=one_of(4, 6, 8, 20, 32, 64),
    O=one_of(2, 3, 10),
    T=integers(5, 40),
    text=r"""
A recurrent cell with $h_t = \tanh(x_t W_x + h_{t-1} W_h + b)$ reads sequences of $<<T>>$ vectors of size $<<D>>$; its state has $<<M>>$ units,
and there is one bias vector. After the last step a linear layer $o = h W_o + b_o$ gives $<<O>>$ outputs.
""",
    hints=(
        "The same matrices are used at every time step.",
        "An LSTM has four such affine maps: three gates and the candidate.",
    ),
)


def where(D, M, O):
    """Keep the sizes apart."""
    return len({D, M, O}) == 3


def work(D, M, O):
    """Count the cell's matrices once, then the LSTM's four copies."""
    *core, output, total = recurrent_parameters_steps("rnn", D, M, outputs=O).steps
    return (
        *under("cell", core),
        *under("whole", (output, total)),
        *under("lstm", recurrent_parameters_steps("lstm", D, M)),
    )


def check(D, M, O):
    """Build the matrices and count their entries."""
    cell = [np.zeros((D, M)), np.zeros((M, M)), np.zeros(M)]
    counted = sum(sum(1 for _ in matrix.flat) for matrix in cell)
    return {
        "cell": counted,
        "whole": counted + sum(1 for _ in np.zeros((M + 1, O)).flat),
        "lstm": sum(counted for _ in "fico"),
    }


@part("The number of parameters of the cell, without the output layer.", Number(integer=True))
def cell(D, M):
    return recurrent_parameters("rnn", D, M)


@slip(cell, "The weights are shared over time; the length of the sequence does not multiply them.")
def times_length(D, M, T):
    return T * (D * M + M * M + M)


@slip(cell, "The state is carried over by $W_h$, which is missing.", credit=0.25)
def no_recurrence(D, M):
    return D * M + M


@slip(cell, "The bias is missing.", credit=0.5)
def no_bias(D, M):
    return D * M + M * M


@slip(cell, "This counts two bias vectors, as PyTorch has them; here there is one.", credit=0.5)
def two_biases(D, M):
    return recurrent_parameters("rnn", D, M, biases=2)


@part("The number of parameters with the output layer.", Number(integer=True))
def whole(cell, M, O):
    return cell + M * O + O


@slip(whole, "The output layer has biases, too.", credit=0.5)
def no_output_bias(cell, M, O):
    return cell + M * O


@slip(whole, "The output layer reads the state, not the input.", credit=0.25)
def reads_input(cell, D, O):
    return cell + D * O + O


@part(
    "The number of parameters of an LSTM cell with the same sizes and one bias vector for each of its maps.",
    Number(integer=True),
)
def lstm(cell):
    return 4 * cell


@slip(lstm, "Besides the three gates there is the candidate for the cell state: four maps.", credit=0.5)
def three_maps(cell):
    return 3 * cell


@slip(lstm, "This is one map; an LSTM has four.")
def one_map(cell):
    return cell


@slip(lstm, "Every gate reads the state as well as the input.", credit=0.25)
def gates_without_state(D, M):
    return 4 * (D * M + M)
