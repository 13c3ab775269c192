"""Learning-rate schedules: frozen settings, called with an epoch (or step) counted from 0."""

import math
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The contract of a schedule: `lr` is the rate it starts from, `formula` its LaTeX, with t the epoch."""

    formula: ClassVar[str] = r"\alpha"
    lr: float

    def __post_init__(self) -> None:
        for name in ("every", "total", "warmup"):
            if getattr(self, name, 1) <= 0:
                raise ValueError(f"{name} must be positive; got {getattr(self, name)!r}")

    def __call__(self, epoch: int) -> float:
        """Give the learning rate of an epoch; a plain `Schedule` keeps it constant."""
        return self.lr


@dataclass(frozen=True, kw_only=True)
class StepDecay(Schedule):
    """Multiply by gamma every so many epochs.

    >>> [StepDecay(lr=1.0, gamma=0.5, every=2)(t) for t in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """

    formula: ClassVar[str] = r"\alpha \cdot \gamma^{\lfloor t / k \rfloor}"
    gamma: float
    every: int

    def __call__(self, epoch: int) -> float:
        return self.lr * self.gamma ** (epoch // self.every)


@dataclass(frozen=True, kw_only=True)
class MultiStep(Schedule):
    """Multiply by gamma at each milestone.

    >>> [MultiStep(lr=1.0, gamma=0.5, milestones=(1, 3))(t) for t in range(5)]
    [1.0, 0.5, 0.5, 0.25, 0.25]
    """

    formula: ClassVar[str] = r"\alpha \cdot \gamma^{\#\{k : k \le t\}}"
    gamma: float
    milestones: tuple[int, ...]

    def __call__(self, epoch: int) -> float:
        return self.lr * self.gamma ** sum(milestone <= epoch for milestone in self.milestones)


@dataclass(frozen=True, kw_only=True)
class Exponential(Schedule):
    """Multiply by gamma every epoch.

    >>> Exponential(lr=8.0, gamma=0.5)(3)
    1.0
    """

    formula: ClassVar[str] = r"\alpha \cdot \gamma^{t}"
    gamma: float

    def __call__(self, epoch: int) -> float:
        return self.lr * self.gamma**epoch


@dataclass(frozen=True, kw_only=True)
class Polynomial(Schedule):
    """Fall to zero over `total` epochs along a power; power 1 is a straight line.

    >>> [Polynomial(lr=1.0, total=4, power=2)(t) for t in (0, 2, 4, 9)]
    [1.0, 0.25, 0.0, 0.0]
    """

    formula: ClassVar[str] = r"\alpha \cdot \left( 1 - \frac{\min(t, T)}{T} \right)^{p}"
    total: int
    power: float = 1.0

    def __call__(self, epoch: int) -> float:
        return self.lr * math.pow(1 - min(epoch, self.total) / self.total, self.power)


@dataclass(frozen=True, kw_only=True)
class Cosine(Schedule):
    """Fall to `lowest` over `total` epochs along half a cosine.

    >>> [round(Cosine(lr=1.0, total=4)(t), 4) for t in (0, 2, 4)]
    [1.0, 0.5, 0.0]
    """

    formula: ClassVar[str] = (
        r"\alpha_{\min} + \frac{1}{2} (\alpha - \alpha_{\min}) \left( 1 + \cos \frac{\pi t}{T} \right)"
    )
    total: int
    lowest: float = 0.0

    def __call__(self, epoch: int) -> float:
        return self.lowest + (self.lr - self.lowest) * (1 + math.cos(math.pi * epoch / self.total)) / 2


@dataclass(frozen=True, kw_only=True)
class InverseTime(Schedule):
    """Divide by 1 + decay · t: the rates sum to infinity, their squares do not.

    >>> InverseTime(lr=1.0, decay=0.5)(2)
    0.5
    """

    formula: ClassVar[str] = r"\frac{\alpha}{1 + d t}"
    decay: float

    def __call__(self, epoch: int) -> float:
        return self.lr / (1 + self.decay * epoch)


@dataclass(frozen=True, kw_only=True)
class Warmup(Schedule):
    """Rise in a straight line over the first `warmup` epochs, then fall with the root of time.

    >>> [Warmup(lr=1.0, warmup=4)(t) for t in (0, 3, 15)]
    [0.25, 1.0, 0.5]
    """

    formula: ClassVar[str] = r"\alpha \cdot \min\left( \frac{t + 1}{w}, \sqrt{\frac{w}{t + 1}} \right)"
    warmup: int

    def __call__(self, epoch: int) -> float:
        return self.lr * min((epoch + 1) / self.warmup, math.sqrt(self.warmup / (epoch + 1)))
