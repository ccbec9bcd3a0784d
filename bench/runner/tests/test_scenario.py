"""The order in which systems take turns."""

import unittest

from runner.scenario import turns

SYSTEMS = ("a", "b", "c")


class Turns(unittest.TestCase):
    def test_everybody_has_a_turn_in_each_round(self):
        for number in range(12):
            self.assertEqual(sorted(turns(SYSTEMS, number)), sorted(SYSTEMS))

    def test_nobody_comes_first_in_two_rounds_running(self):
        for size in range(2, 7):
            firsts = [turns(tuple(range(size)), number)[0] for number in range(12)]
            self.assertTrue(all(one != following for one, following in zip(firsts, firsts[1:])))

    def test_who_comes_before_whom_changes(self):
        before_b = {order[order.index("b") - 1] for order in
                    (turns(SYSTEMS, number) for number in range(6)) if order[0] != "b"}
        self.assertEqual(before_b, {"a", "c"})
