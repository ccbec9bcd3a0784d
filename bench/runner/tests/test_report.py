import unittest
import xml.etree.ElementTree

from runner import chart, html_report, table, targets
from runner.figures import Measured
from runner.load import flags, said
from runner.systems import BASELINE, GATEWAY, PEERS

EVIL = "<script>alert('&')</script>"


def results(runs):
    return {"machine": {"processor": EVIL, "processors": 2, "memory_gib": 4, "kernel": "6"},
            "options": {"rounds": 2, "seconds": 2.0, "full": False, "only": []}, "problems": [EVIL],
            "scenarios": {"calls-sse": {"title": EVIL, "points": runs}}}


def run(value):
    return {"calls_per_second": value, "p50_us": 1000 / value, "p99_us": 9000 / value,
            "cpu_us_per_call": value / 2, "histogram": [[100, 90], [200, 9], [300, 1]]}


RUNS = {"1 session": {GATEWAY: [run(10), run(20)], BASELINE: [run(30), run(30)]},
        "64 sessions": {GATEWAY: [run(40), run(50)], BASELINE: [run(60), run(70)],
                        PEERS[0]: [{"error": EVIL}, {"error": EVIL}]}}


class Page(unittest.TestCase):
    def setUp(self):
        told = results(RUNS)
        self.findings = targets.judge(Measured(told["scenarios"]))
        self.page = html_report.page(told, self.findings)
        self.text = table.text(told, self.findings)

    def test_what_programs_said_is_text(self):
        self.assertNotIn("<script", self.page)
        self.assertGreaterEqual(self.page.count("&lt;script&gt;"), 4)

    def test_the_page_needs_nothing_from_elsewhere(self):
        for word in ("http://", "https://", "src=", "href=", "url(", "@import"):
            self.assertNotIn(word, self.page)

    def test_plots_are_well_formed(self):
        plots = self.page.split("<svg ")[1:]
        self.assertGreaterEqual(len(plots), 4)
        for plot in plots:
            xml.etree.ElementTree.fromstring("<svg " + plot.split("</svg>")[0] + "</svg>")

    def test_the_table_tells_why_a_peer_failed(self):
        self.assertIn(f"{PEERS[0]:<26}failed: <script>", self.text)

    def test_the_table_names_each_target(self):
        for finding in self.findings:
            self.assertIn(finding.target.figure, self.text)


class Numbers(unittest.TestCase):
    def test_three_digits_count(self):
        for value, shown in ((None, "-"), (0, "0"), (12345.6, "12,346"), (12.34, "12.3"),
                             (1.234, "1.23"), (0.0123, "0.012")):
            self.assertEqual(table.number(value), shown)

    def test_bytes_per_second_are_megabytes(self):
        self.assertEqual(table.quantity(250e6, "B/s"), "250 MB/s")


class Charts(unittest.TestCase):
    def test_nothing_measured_is_no_plot(self):
        self.assertEqual(chart.lines_over_logs([chart.Line("a", "ours", [])], "x", "y", [(1, "1")]),
                         "")
        self.assertEqual(chart.bars([chart.Bar("a", "ours", None, words="failed")], "t"), "")

    def test_a_bar_is_as_long_as_its_value(self):
        plot = chart.bars([chart.Bar("a", "ours", 4.0, 4, 4), chart.Bar("b", "plain", 2.0, 2, 2)],
                          "t")
        root = xml.etree.ElementTree.fromstring(plot)
        lengths = [float(bar.get("width")) for bar in root.iter("rect")]
        self.assertAlmostEqual(lengths[0], 2 * lengths[1], delta=0.2)

    def test_percentiles_end_where_too_few_calls_are_left(self):
        points = html_report.percentiles([[1000, 500], [2000, 490], [3000, 10]])
        self.assertEqual([(place, value) for place, value, _, _ in points], [(2, 1), (100, 2)])


class CommandLine(unittest.TestCase):
    def test_words_of_the_load_do_not_tell_where_in_boost_they_come_from(self):
        self.assertEqual(said("bench: lost: End of file\n [asio.misc:2 at /usr/a.hpp:1 in 'f']\n"),
                         "bench: lost: End of file")

    def test_true_is_a_flag_alone(self):
        self.assertEqual(flags({"kill_after": 5, "plain": True}), ["--kill-after", "5", "--plain"])


if __name__ == "__main__":
    unittest.main()
