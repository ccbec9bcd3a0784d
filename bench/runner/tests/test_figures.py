import unittest

from runner.figures import Measured, Spread, median, ratios
from runner.progress import Progress


class Figures(unittest.TestCase):
    def test_a_spread_is_of_the_rounds_that_are_there(self):
        self.assertEqual(Spread.of([3, None, 1, 2]), Spread(2, 1, 3))
        self.assertIsNone(Spread.of([None]))
        self.assertIsNone(Spread.of([]))

    def test_ratios_are_of_equal_rounds(self):
        self.assertEqual(ratios([2, 9, 4], [1, 3, 8]), [2, 3, 0.5])

    def test_a_round_that_lacks_one_side_has_no_ratio(self):
        self.assertEqual(ratios([2, None, 4], [None, 3, 0]), [None, None, None])

    def test_the_median_of_ratios_is_not_the_ratio_of_medians(self):
        ours, theirs = [10, 20, 90], [10, 10, 30]
        self.assertEqual(median(ratios(ours, theirs)), 2)
        self.assertEqual(median(ratios([20, 10, 30], [10, 30, 10])), 2)

    def test_counts_are_summed_over_all_scenarios(self):
        measured = Measured({"a": {"points": {"x": {"one": [{"wrong": 1}, {"error": "gone"}],
                                                    "two": [{"wrong": 8}]}}},
                             "b": {"points": {"y": {"one": [{"wrong": 2}]}}}})
        self.assertEqual(measured.total("one", "wrong"), 3)
        self.assertEqual(measured.errors("one"), [("a", "x", "gone")])
        self.assertEqual(measured.error("a", "x", "one"), "gone")
        self.assertIsNone(measured.error("a", "x", "two"))
        self.assertEqual(measured.values("a", "x", "one", "wrong"), [1, None])
        self.assertEqual(measured.values("a", "none", "one", "wrong"), [])

    def test_figures_of_a_failed_round_do_not_count(self):
        runs = [{"p50_us": 1, "wrong": 2, "error": "calls failed"}, {"error": "calls failed"}]
        measured = Measured({"a": {"points": {"x": {"one": runs}}}})
        self.assertEqual(measured.values("a", "x", "one", "p50_us"), [None, None])
        self.assertEqual(measured.total("one", "wrong"), 2)
        self.assertEqual(measured.errors("one"), [("a", "x", "calls failed")])


class Left(unittest.TestCase):
    def test_what_steps_really_took_corrects_the_rest(self):
        now = [0.0]
        progress = Progress(240, clock=lambda: now[0])
        self.assertEqual(progress.minutes_left(), 4)
        now[0] = 60.0
        progress.finish(30)
        self.assertEqual(progress.minutes_left(), 7)


if __name__ == "__main__":
    unittest.main()
