"""Medians, spreads and ratios of what the rounds measured. Pure."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Spread:
    """The median of some rounds, and the least and the most of them."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values):
        """Of the values that are there; None when there is none."""
        known = [value for value in values if value is not None]
        if not known:
            return None
        return cls(statistics.median(known), min(known), max(known))


def ratios(numerators, denominators):
    """Round by round; None where one of both is absent or the lower one is 0."""
    return [None if upper is None or not lower else upper / lower
            for upper, lower in zip(numerators, denominators)]


def median(values):
    """Of the values that are there; None when there is none."""
    spread = Spread.of(values)
    return None if spread is None else spread.median


class Measured:
    """What all scenarios measured: scenario -> point -> system -> one dict a round.

    A round that failed has its words in `error`, and no figures count of it but forbidden ones.
    """

    def __init__(self, scenarios):
        self.scenarios = scenarios

    def rounds(self, scenario, point, system):
        return self.scenarios.get(scenario, {}).get("points", {}).get(point, {}).get(system, [])

    def values(self, scenario, point, system, field):
        """One value a round, None where it failed or lacks the figure."""
        return [None if "error" in one else one.get(field)
                for one in self.rounds(scenario, point, system)]

    def error(self, scenario, point, system):
        """The words of the first round that failed, or None."""
        return next((one["error"] for one in self.rounds(scenario, point, system)
                     if "error" in one), None)

    def systems(self, scenario, point):
        return list(self.scenarios.get(scenario, {}).get("points", {}).get(point, {}))

    def total(self, system, field):
        """The sum of a count over everything that a system was measured with."""
        return sum(one.get(field) or 0
                   for scenario in self.scenarios.values()
                   for systems in scenario.get("points", {}).values()
                   for one in systems.get(system, []))

    def errors(self, system):
        """(scenario, point, words) of everything that failed, each once."""
        return list(dict.fromkeys(
            (name, point, one["error"])
            for name, scenario in self.scenarios.items()
            for point, systems in scenario.get("points", {}).items()
            for one in systems.get(system, []) if "error" in one))
