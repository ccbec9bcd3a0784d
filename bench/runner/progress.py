"""Tells how far a run is and how long it still takes."""

import sys
import time


class Progress:
    """`expected` is the sum of what all steps will tell to take, in seconds.

    What the steps really took corrects the rest: machines differ.
    """

    def __init__(self, expected, clock=time.monotonic, out=sys.stderr):
        self.expected = expected
        self.done = 0.0
        self.clock = clock
        self.out = out
        self.begun = clock()

    def minutes_left(self):
        pace = (self.clock() - self.begun) / self.done if self.done else 1.0
        return max(self.expected - self.done, 0.0) * pace / 60

    def tell(self, text):
        left = self.minutes_left()
        about = "less than a minute" if left < 1 else f"about {left:.0f} min"
        print(f"==> {text}; {about} left", file=self.out, flush=True)

    def finish(self, seconds):
        """A step that was expected to take so long is over."""
        self.done += seconds
