"""The report of comparisons, of finished, unfinished and broken ones.

    report_test.py ELU_LAB LAB_SERVE
"""
import copy
import html.parser
import json
import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree

from comparison import Figures, comparison, everything, variant
from served import Served

VOID = {"meta"}
SECTIONS = ["What was run", "Results", "Loss and accuracy", "Activations by layer and epoch",
            "Dead and saturated units", "Gradient norm by layer", "Robustness to noise and outliers", "Time of a step",
            "Higher learning rates", "Initialisation"]


class Page(html.parser.HTMLParser):
    """Elements by name, with their attributes and text; notes what is not well formed."""

    def __init__(self, text):
        super().__init__()
        self.stack, self.faults, self.elements, self.text = [], [], [], ""
        self.feed(text)
        self.close()
        self.faults += [f"{name} is not closed" for name in self.stack]

    def handle_starttag(self, name, attributes):
        if len(attributes) != len(dict(attributes)):
            self.faults.append(f"an attribute twice: {attributes}")
        self.elements.append((name, dict(attributes)))
        if name not in VOID:
            self.stack.append(name)

    def handle_startendtag(self, name, attributes):
        self.elements.append((name, dict(attributes)))

    def handle_endtag(self, name):
        if not self.stack or self.stack.pop() != name:
            self.faults.append(f"</{name}> out of place")

    def handle_data(self, data):
        self.text += data

    def all(self, name):
        return [attributes for element, attributes in self.elements if element == name]


class Report:
    """elu-lab report on comparisons, each a folder of this name."""

    def __init__(self, lab, folder, comparisons):
        paths = []
        for name, results in comparisons.items():
            (folder / name).mkdir()
            (folder / name / "results.json").write_text(json.dumps(results))
            paths.append(str(folder / name))
        self.result = lab.run("report", *paths, "--output", str(folder / "report.html"))
        lab.check((self.result.returncode, self.result.stderr) == (0, ""), self.result)
        self.html = (folder / "report.html").read_text(encoding="utf-8")
        self.page = Page(self.html)
        lab.check(self.page.faults == [], self.page.faults)
        for word in ["http:", "https:", "<script", "@import", "url(", " src="]:
            lab.check(word not in self.html, f"needs nothing from elsewhere: {word}")
        lab.check(not re.search(r"\b(nan|inf)\b", self.page.text + "".join(p["d"] for p in self.page.all("path"))),
                  "no figure that is none")


def whole(lab, folder):
    report = Report(lab, folder, {"all": everything()})
    page = report.page
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    lab.check({a["href"][1:] for a in page.all("a")} <= ids, "links lead somewhere")
    lab.check(any(m.get("name") == "viewport" for m in page.all("meta")), "has a viewport")
    charts = [svg for svg in page.all("svg") if svg.get("class") == "chart"]
    lab.check(len(charts) == len(page.all("figure")) > 50, f"{len(charts)} charts")
    lab.check(all(svg["role"] == "img" and len(svg["aria-label"]) > 40 for svg in charts), "charts describe themselves")
    lab.check(all("scope" in th for th in page.all("th")), "headers have a scope")
    lab.check(len(page.all("caption")) == len(page.all("table")) == 5, "tables have captions")
    lab.check(all(section in page.text for section in SECTIONS), "all sections")
    answer = report.html.split('<section id="answer">')[1].split("</section>")[0]
    for words in ["ELU (alpha 1) ends 3.", "points above ReLU", "A step of training takes", "its training loss is"]:
        lab.check(words in answer, f"the answer says: {words}")
    lab.check(answer.count("<figure>") == 3 and "above 0 ELU is behind" in answer, "the first figures")
    lab.check("no closed form here" in page.text and page.text.count("exploratory") == 1, "noise, no exploratory claim")
    lab.check('class="missing"' not in report.html, "nothing is missing")
    lines = [line.strip() for line in report.result.stdout.splitlines() if line.startswith("  ")]
    rows = report.html.split("What textbooks say, and what these runs say to it")[2].split("</table>")[0]
    lab.check(rows.count("<tr>") == len(lines) + 1 and "<td></td>" not in rows, "a row for each verdict, none empty")
    lab.check(len(lines) > 30, "verdicts are printed")
    for line in lines:
        outcome, compared, rest = line.split(": ", 2)
        measured, threshold = rest.rsplit("; threshold: ", 1)
        lab.check(f"{outcome} {compared}: {measured}. Threshold: {threshold}." in page.text, line)
    drawn_as_named(lab, page)
    for outcome in ["holds", "does not hold here", "not decided by this run"]:
        lab.check(any(line.startswith(outcome + ": ") for line in lines), outcome)


def drawn_as_named(lab, page):
    """Each figure is about what its title says."""
    charts = {svg["aria-label"].split(". ")[0]: svg["aria-label"] for svg in page.all("svg") if "aria-label" in svg}
    for norm in ["with BatchNorm", "without BatchNorm"]:
        for layer in ["convolution 1", "convolution 2", "linear 1", "linear 2"]:
            lab.check(f"Gradient of {layer}, {norm}" in charts, f"gradients of {layer}")
        # The bins at the ends, whose middles are -2.9375 and 4.9375, hold what lies beyond.
        distribution = charts[f"Distribution after the last epoch, linear 1, {norm}"]
        lab.check("at -2.812 to" in distribution and "at 4.812." in distribution, distribution)
    of_rates = charts["Final accuracy by learning rate, without BatchNorm"]
    lab.check("ELU (alpha 1): 0.7" in of_rates and "at 1 to 0.6" in of_rates and "at 16." in of_rates, of_rates)
    for network in ["deep linear layers", "the network of the comparison"]:
        for gain, number in [("He", "1.4142"), ("statistics.hpp", "1.2452")]:
            chart = next(c for title, c in charts.items() if title.endswith(f"{network}, gain of {gain}"))
            lab.check(f"ELU (alpha 1), gain {number}: " in chart and chart.count("ELU (") == 1, chart)
    lab.check("highest learning rate 0.05, momentum 0.9, weight decay 0.0005" in page.text, "settings as given")


def unfinished(lab, folder):
    empty = comparison([(variant("relu"), Figures()), (variant("elu"), Figures())], seeds=0)
    page = Report(lab, folder / "none", {"none": empty}).page
    lab.check(all(part in page.text for part in ["No run is at its end yet", "it follows the training"]),
              "says what is missing")
    lab.check(page.all("figure") == [], "draws nothing")
    one = comparison([(variant("relu"), Figures()), (variant("elu"), Figures(diverged=True))], seeds=1)
    one["settings"]["learning_rate"] = 1e-5
    for epoch in one["runs"][0]["epochs"]:
        epoch["layers"] = epoch["gradient_norms"] = epoch["test_loss"] = None
    one["runs"][0]["step_losses"][3] = None
    one["initialisation"] = None
    page = Report(lab, folder / "one", {"one": one}).page
    lab.check("1 diverged, not drawn" in page.text, "says what is not drawn")
    lab.check("highest learning rate 1e-05," in page.text, "a low rate")
    lab.check("No run has measured its gradients yet" in page.text, "says what is missing of a run")
    report = Report(lab, folder / "two", {"first": empty, "second": everything(3)})
    lab.check("a verdict needs 5" in report.result.stdout and "Comparison second" in report.page.text, "both are there")


def rates_with_norm(lab, folder):
    grid = [(variant("elu", factor=factor), Figures(1 / factor)) for factor in (1, 4)]
    page = Report(lab, folder, {"rates": comparison(grid, seeds=1)}).page
    labels = [svg.get("aria-label", "") for svg in page.all("svg")]
    found = [label for label in labels if label.startswith("Final accuracy by learning rate, with BatchNorm.")]
    lab.check(len(found) == 1 and " at 1 to " in found[0] and " at 4. " in found[0], found)


def figure(lab, folder):
    results = everything()
    results["variants"][0]["label"] = "<b>&"
    (folder / "results.json").write_text(json.dumps(results))
    svg = folder / "loss.svg"
    words = ["report", str(folder), "--output", str(folder / "report.html"), "--figure", str(svg)]
    lab.check(lab.run(*words).returncode == 0, "draws a figure")
    drawing = xml.etree.ElementTree.parse(svg).getroot()
    texts = {element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")}
    lab.check({"<b>&", "step", "cross-entropy, nats", "Training loss, with BatchNorm"} <= texts, f"legend, axes: {texts}")
    lab.check(svg.read_text().count("http") == 1, "needs nothing from elsewhere")
    results["runs"] = []
    (folder / "results.json").write_text(json.dumps(results))
    old = svg.read_text()
    lab.refuses(words, 1, str(folder), "nothing to draw")
    lab.check(svg.read_text() == old, "the old figure stays")


def escaped(lab, folder):
    bad = "<img src=x onerror=alert(1)>&\"'"
    results = everything()
    for of_variant in results["variants"]:
        of_variant["label"] += bad
    for key in ["program", "date", "command"]:
        results[key] += bad
    results["machine"]["processor"] = results["machine"]["target"] = results["settings"]["data"] = bad
    results["initialisation"]["linear"]["curves"][0]["label"] = bad
    for run in results["runs"]:
        for epoch in run["epochs"]:
            for named in epoch["layers"] + epoch["gradient_norms"]:
                named["name"] += bad
    (folder / "<b>&").mkdir()
    (folder / "<b>&" / "results.json").write_text(json.dumps(results))
    lab.run("report", str(folder / "<b>&"), "--output", str(folder / "report.html"))
    page = Page((folder / "report.html").read_text(encoding="utf-8"))
    lab.check(page.faults == [] and not page.all("img"), "texts stay texts")
    lab.check("Comparison <b>&" in page.text and page.text.count(bad) > 50, "and are shown as they are")


def broken(lab, folder):
    good = json.dumps(comparison([(variant("relu"), Figures()), (variant("elu"), Figures())], seeds=1, steps=60))
    output, results = folder / "report.html", folder / "results.json"
    output.write_text("old")

    def refuses(*parts):
        lab.refuses(["report", str(folder), "--output", str(output)], 1, str(results), *parts)
        lab.check(output.read_text() == "old" and not list(folder.glob("*.part")), "the old report stays")

    refuses("cannot be opened")
    for cut in [0, 1, 100, len(good) // 2, len(good) - 1]:
        results.write_text(good[:cut])
        refuses("is no JSON, or is cut short")

    def change(path, value):
        changed = copy.deepcopy(json.loads(good))
        inner = changed
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        results.write_text(json.dumps(changed))
        refuses("is not what this version of elu-lab compare writes")

    change(["form"], 1)
    change(["variants"], 3)
    change(["runs", 0, "variant"], 999)
    change(["runs", 0, "variant"], 1)  # there already
    change(["runs", 0, "step_losses", 0], "low")
    change(["runs", 0, "epochs", 0, "layers", 0, "histogram"], [1])
    change(["settings", "classes"], None)
    change(["settings", "epochs"], -1)
    change(["thresholds", "every_claim", "confidence"], "x")
    change(["thresholds", "every_claim"], 3)
    change(["thresholds"], [])
    change(["runs", 0, "epochs"], [])
    for text in ["[]", "3", "null", "{}"]:
        results.write_text(text)
        refuses("is not what this version")
    results.write_text(good)
    lab.refuses(["report", str(folder), "--output", "/proc/report.html"], 1, "cannot write /proc/report.html")
    lab.refuses(["report", "--output", str(output)], 2, "COMPARISON")
    lab.refuses(["report", str(folder)], 2, "--output")
    lab.check(output.read_text() == "old", "wrong use leaves the report")
    for read in [folder, results]:
        for option in [["--output", str(results)], ["--output", str(output), "--figure", str(results)]]:
            lab.refuses(["report", str(read), *option], 2, option[-2], "results.json, which is read")
    lab.check(results.read_text() == good, "the results stay")
    lab.check(output.read_text() == "old", "and the report")


def main(path, server):
    lab = Served(path, server)
    with tempfile.TemporaryDirectory() as name:
        for test in [whole, unfinished, rates_with_norm, figure, escaped, broken]:
            folder = pathlib.Path(name) / test.__name__
            folder.mkdir()
            for inner in ["none", "one", "two"] if test is unfinished else []:
                (folder / inner).mkdir()
            test(lab, folder)
    return lab.exit_code()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
