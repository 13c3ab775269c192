"""Discrete and continuous targets."""

from quizbank import Conceptual

question = Conceptual(
    "ch1.q2",
    title="Classification and regression",
    section="I.3",
    points=2,
    difficulty=1,
    minutes=3,
    topics=("classification", "regression"),
    need=2,
    text="What is the difference between classification and regression?",
    hints=(
        "Which values may the prediction take?",
        "Compare telling cats from dogs with estimating a distance in metres.",
    ),
    key_points="""
        classification: classif & discrete|one of|predict class|predict a class|output a class|into class|to a class|class label|which class|class belong|categor|finite|fixed set|set of|C classes|countable => Classification assigns the input to one of C discrete classes.
        regression: regress & continu|real|number|any value|quantit|scale|range => Regression predicts a value on a continuous scale, bounded or not.
    """,
    models=(
        "Classification has a discrete goal, one of C classes; regression predicts a continuous value.",
        "In classification the input is assigned to one of finitely many categories, while in regression the output is a real number such as a depth.",
        "A classifier decides which class a sample belongs to. Regression estimates a quantity on a continuous scale.",
    ),
    samples="""
        1.0 | classification predicts one of several discrete classes and regression predicts continuous values
        0.5 | classification means assigning one of C classes
        0.0 | classification is supervised and regression is unsupervised
        0.0 | classification predicts a continuous value and regression one of several discrete classes
    """,
    statements="""
        + A classifier assigns its input to one of a fixed set of classes. | Its target is discrete.
        + A regression predicts a quantity on a continuous scale. | Between any two values others are possible.
        + Semantic segmentation is classification, one decision for each pixel. | Every pixel gets one of C classes.
        + Estimating the depth of each pixel is regression, since metres are continuous. | A depth is a continuous value.
        + Finding the coordinates of key points in a face is regression. | Coordinates are continuous, two numbers for each point.
        + The target of a regression may be confined to an interval. | A share between 0 and 1 is continuous, too.
        - Semantic segmentation is regression with an image as its output. | Each pixel of that image holds a class.
        - Predicting the next word of a text is regression. | It picks one entry of a finite vocabulary: classification.
        - A network with several outputs classifies, one with a single output regresses. | Key points need many outputs, and two classes need only one.
        - Supervised problems are classifications, unsupervised ones are regressions. | Both are usually supervised; what differs is the target.
        - Recognising the digits 0 to 9 is regression, since the classes are numbers. | The digits serve as names; predicting 5 for 4 is no smaller error than predicting 9.
        - A classifier cannot output fractions, because its classes are discrete. | It outputs probabilities; only the classes are discrete.
    """,
)
