import unittest

from runner import targets
from runner.command import problems
from runner.figures import Measured
from runner.systems import BASELINE, GATEWAY, NCHAN, PEERS


def measured(scenario, point, **systems):
    names = {"ours": GATEWAY, "plain": BASELINE, "nginx": NCHAN, "best": PEERS[1], "last": PEERS[2]}
    return Measured({scenario: {"points": {point: {names[name]: runs
                                                   for name, runs in systems.items()}}}})


def finding(figure, results):
    return next(each for each in targets.judge(results) if each.target.figure == figure)


class Targets(unittest.TestCase):
    def test_the_cpu_of_a_call_is_compared_in_each_round(self):
        figure = "CPU per call, HTTP+SSE, 16 sessions"
        ours = [{"cpu_us_per_call": value} for value in (13, 28, 90)]
        plain = [{"cpu_us_per_call": value} for value in (10, 20, 30)]
        found = finding(figure, measured("calls-sse", "16 sessions", ours=ours, plain=plain))
        self.assertEqual((found.value.median, found.value.least, found.value.most), (1.4, 1.3, 3))
        self.assertEqual((found.compared.ours, found.compared.other), (28, 20))
        self.assertEqual(found.verdict, "met")

    def test_more_than_the_limit_is_missed(self):
        found = finding("CPU per call, HTTP+SSE, 16 sessions",
                        measured("calls-sse", "16 sessions", ours=[{"cpu_us_per_call": 15}],
                                 plain=[{"cpu_us_per_call": 10}]))
        self.assertEqual(found.verdict, "MISSED")

    def test_throughput_is_compared_with_the_best_peer_and_wanted_high(self):
        def rates(*values):
            return [{"calls_per_second": value} for value in values]
        found = finding("calls per second, HTTP+SSE, 64 sessions",
                        measured("calls-sse", "64 sessions", ours=rates(900, 700),
                                 best=rates(100, 100), last=[{"error": "fell over"}]))
        self.assertEqual(found.compared.other_name, PEERS[1])
        self.assertEqual(found.value.median, 8)
        self.assertEqual(found.verdict, "met")

    def test_without_figures_nothing_is_met(self):
        for found in targets.judge(Measured({})):
            self.assertEqual(found.verdict, "not measured", found.target.figure)

    def test_a_failed_round_meets_nothing(self):
        found = finding("start to ready, private PostgreSQL",
                        measured("start", "private PostgreSQL", ours=[{"error": "no"}]))
        self.assertEqual(found.verdict, "not measured")

    def test_one_wrong_answer_anywhere_misses(self):
        for count, verdict in ((0, "met"), (1, "MISSED")):
            results = measured("mixed-sse", "any", ours=[{"wrong": 0}, {"wrong": count}])
            self.assertEqual(finding("wrong answers", results).verdict, verdict)

    def test_recovery_is_what_comes_on_top_of_the_start(self):
        run = {"first_right_us": {"p50": 1000, "max": 90_000}, "child_start_us": 4000}
        found = finding("first answer after a kill, beyond the start, Streamable HTTP",
                        measured("recover-streamable", "16 sessions", ours=[run]))
        self.assertEqual(found.value.median, 86)

    def test_an_idle_session_stands_beside_nginx(self):
        found = finding("memory of an idle SSE session, 10,000 of them",
                        measured("idle", "10,000 sessions", ours=[{"kib_per_session": 4.5}],
                                 nginx=[{"kib_per_session": 10}]))
        self.assertEqual((found.value.median, found.compared.other), (4.5, 10))


class Problems(unittest.TestCase):
    def test_wrong_answers_and_what_broke_are_problems(self):
        told = problems(measured("calls-sse", "p", ours=[{"wrong": 2}, {"error": "gone"}],
                                 plain=[{"wrong": 0}]))
        self.assertEqual(told, ["mcp-orch: 2 wrong answers", "mcp-orch, calls-sse, p: gone"])

    def test_a_peer_that_fails_is_none(self):
        self.assertEqual(problems(measured("calls-sse", "p", best=[{"error": "x"}, {"wrong": 7}])),
                         [])


if __name__ == "__main__":
    unittest.main()
