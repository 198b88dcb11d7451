"""The report of `make bench`, on results made up here.

    report_test.py PROJECT
"""
import contextlib
import datetime
import io
import json
import pathlib
import sys
import tempfile
import unittest

PROJECT = pathlib.Path(sys.argv.pop(1)).resolve()
sys.path.insert(0, str(PROJECT / "bench"))
import performance  # noqa: E402
import report  # noqa: E402
import targets  # noqa: E402


def time(contestant, median, n=targets.L2, comparison=0, dtype="f32", params=targets.ELU, **others):
    return {"comparison": comparison, "contestant": contestant, "function": "forward", "dtype": dtype,
            "params": list(params), "input": "normal", "n": n, "bytes": 8, "repetitions": 3,
            "ns": {"min": median / 2, "q1": median, "median": median, "q3": median}, **others}


def error(contestant, normal, subnormal=0.0):
    return {"contestant": contestant, "function": "forward", "dtype": "f32", "params": [1, 1, 1], "inputs": 9,
            "normal": {"ulp": normal, "x": -1.0}, "subnormal": {"ulp": subnormal, "x": -1e-40}}


BEST = {
    "cpu": "AMD EPYC, family 26", "instructions": "AVX3",
    "contestants": [{"name": name, "version": "1"} for name in ("elu fast", "elu accurate", "XNNPACK", "PyTorch")] +
                   [{"name": "JAX", "version": "", "absent": "no module"}],
    "times": [time("elu fast", 0.1), time("elu accurate", 0.4), time("XNNPACK", 0.1), time("PyTorch", 1.0),
              # Another comparison: its times took turns with one another only.
              time("elu fast", 0.9, comparison=1), time("elu accurate", 2.0, targets.CALL, 2)],
    "errors": [error("elu fast", 0.8), error("elu accurate", 0.5), error("XNNPACK", 4.7, 8e6),
               error("PyTorch", None)],
}
AVX2 = {**BEST, "instructions": "AVX2", "times": [time("elu fast", 0.1), time("PyTorch", 1.0)], "errors": []}


class ReportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        paths = [self.folder / "best.json", self.folder / "avx2.json"]
        for path, measured in zip(paths, (BEST, AVX2)):
            path.write_text(json.dumps(measured))
        sys.argv = ["report.py", *map(str, paths), "--folder", str(self.folder / "results")]
        with contextlib.redirect_stdout(io.StringIO()) as text:
            report.main()
        self.text = text.getvalue()
        self.output = self.folder / "results" / f"{datetime.date.today().isoformat()}-amd-epyc-family-26.json"
        self.results = json.loads(self.output.read_text())

    def target(self, what, peer, n=targets.L2):
        return next(t for t in self.results["targets"] if (t["what"], t["peer"], t["n"]) == (what, peer, n))

    def test_verdicts(self):
        met = self.target("f32 forward, fast, alpha 1", "XNNPACK")
        self.assertEqual((met["verdict"], met["ratio"]), ("met", 1.0))
        missed = self.target("f32 forward, accurate, alpha 1", "PyTorch")
        self.assertEqual((missed["verdict"], missed["ratio"]), ("missed", 0.4))

    def test_absolute_target_counts_the_call(self):
        call = self.target("a call on 16 floats, accurate", "nanoseconds", targets.CALL)
        self.assertEqual((call["verdict"], call["ratio"]), ("missed", 32.0))

    def test_instruction_sets_are_kept_apart(self):
        self.assertEqual(self.target("AVX2 forced: f32 forward, fast", "PyTorch")["verdict"], "met")
        self.assertEqual(self.target("AVX2 forced: f32 forward, accurate", "PyTorch")["verdict"], "not measured")

    def test_absent_peers_are_told_everywhere(self):
        absent = self.target("f32 forward, accurate, alpha 1", "JAX")
        self.assertEqual((absent["verdict"], absent["why"]), ("not measured", "no module"))
        self.assertIn("ABSENT: JAX: no module", self.text)
        self.assertIn("not measured: no module", self.text)

    def test_table(self):
        line = next(line for line in self.text.splitlines() if line.startswith("XNNPACK "))
        self.assertEqual(line.split(), "XNNPACK 0.1000 0.1000 0.1000 0.10 80.0 4.7 (subnormal: 8e+06)".split())

    def test_figures(self):
        for name in "time", "error":
            figure = self.output.with_name(f"{self.output.stem}-{name}.svg").read_text()
            self.assertTrue(figure.rstrip().endswith("</svg>"), name)
            self.assertIn("XNNPACK", figure)

    def test_pages_keep_what_stands_around_the_marks(self):
        tables = performance.tables(self.results, "bench/results/run")
        page = "before\n" + performance.BEGIN + "old\n" + performance.END + "after\n" + performance.END
        once = performance.updated(page, tables)
        self.assertEqual(once, performance.updated(once, tables))
        self.assertTrue(once.startswith("before\n") and once.endswith("after\n" + performance.END) and "old" not in once)
        self.assertIn("| f32 forward, fast, alpha 1 | 256 Ki | XNNPACK | 1.00 | 1.10 | met |", once)
        self.assertIn("](../bench/results/run-time.svg)", once)

    def test_peers(self):
        rows = performance.peers(self.results, "").strip().splitlines()[2:]
        self.assertEqual(rows, ["| elu, fast | 0.80 | 0.10 |", "| XNNPACK | 4.70 | 0.10 |",
                                "| elu, accurate | 0.50 | 0.40 |", "| PyTorch |  | 1.00 |"])

    def test_pages_in_the_project_show_the_newest_results(self):
        newest = max((PROJECT / "bench" / "results").glob("*.json"))
        stem = newest.relative_to(PROJECT).with_suffix("").as_posix()
        for name, text in performance.PAGES.items():
            page = (PROJECT / name).read_text()
            self.assertEqual(page, performance.updated(page, text(json.loads(newest.read_text()), stem)))

    def test_every_target_can_be_found_in_the_plan(self):
        plan = (PROJECT / "bench" / "plan.cc").read_text() + (PROJECT / "bench" / "inputs.cc").read_text()
        for target in targets.targets():
            for series in filter(None, (target.ours, target.peer)):
                self.assertIn(f'"{series.function}"', plan)
                self.assertIn(f'"{series.input}"', plan)


if __name__ == "__main__":
    unittest.main()
