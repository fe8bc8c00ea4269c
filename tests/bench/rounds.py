"""Rounds let every engine train in turn, again and again, so that a busy machine slows all of them alike."""

from dataclasses import dataclass, field

from .workloads import deviation

CHECKED_EPOCHS = 2


@dataclass
class Result:
    """What one engine did on one workload: rows a second in each round, and how far its weights are off."""

    deviation: float
    rates: list = field(default_factory=list)


def measure(workload, sessions, rounds, seconds, say):
    """Return {key: Result} of {key: session}, each of which trains for about `seconds` a round."""
    results, epochs = {}, {}
    for key, session in sessions.items():
        session.reset()
        session.run(CHECKED_EPOCHS)
        results[key] = Result(deviation(workload, session.weights(), CHECKED_EPOCHS))
        epochs[key] = epochs_for(session, seconds)
    for number in range(rounds):
        say(f"  {workload.name}, round {number + 1} of {rounds}")
        for key, session in sessions.items():
            session.reset()
            results[key].rates.append(epochs[key] * workload.rows / session.run(epochs[key]))
    return results


def epochs_for(session, seconds):
    """Return how many epochs take about that long, once the engine has become warm."""
    epochs = 1
    while True:
        session.reset()
        taken = session.run(epochs)
        if taken > seconds / 3:
            return max(1, round(epochs * seconds / taken))
        epochs *= 2
