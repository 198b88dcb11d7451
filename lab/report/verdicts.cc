// The report's first part, the verdicts, and its last, how to read them.
#include <algorithm>

#include "lab/report/parts.h"
#include "lab/verdicts/verdicts.h"
#include "program/text.h"

namespace elu_lab {
namespace {

using program::Escaped;

// A word, a sign and a colour each.
std::string Badge(const Verdict& verdict) {
  const Outcome outcome = verdict.outcome;
  const char* kind = outcome == Outcome::kHolds ? "yes" : outcome == Outcome::kDoesNotHold ? "no" : "open";
  const char* sign = outcome == Outcome::kHolds ? "&#10003;" : outcome == Outcome::kDoesNotHold ? "&#10007;" : "?";
  return program::Format("<span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> ", kind, sign) +
         OutcomeText(verdict) + "</span>";
}

// The number that was judged, or where there is no single one the first words of what was measured.
std::string FigureOf(const Verdict& verdict) {
  return verdict.figure.empty() ? verdict.measured.substr(0, verdict.measured.find(';')) : verdict.figure;
}

// The place of a claim's verdicts in the report.
std::string IdOf(const Claim& claim, size_t comparison) { return claim.id + program::Format("-%zu", comparison); }

// A claim with its verdicts, one a line.
std::string ClaimAsHtml(const Claim& claim, const std::vector<Verdict>& verdicts, size_t comparison) {
  std::string lines;
  for (const Verdict& verdict : verdicts) {
    if (verdict.claim != claim.id) continue;
    lines += "<li>" + Badge(verdict) + " <b>" + Escaped(verdict.compared) + "</b>: " + Escaped(verdict.measured) +
             ". <span class=\"threshold\">Threshold: " + Escaped(verdict.threshold) + ".</span></li>\n";
  }
  if (lines.empty()) return "";
  return "<article id=\"" + IdOf(claim, comparison) + "\"><h4>" + Escaped(claim.words) +
         "</h4>\n<p class=\"measure\">Measured: " + Escaped(claim.measure) + ".</p>\n<ul class=\"verdicts\">\n" +
         lines + "</ul></article>\n";
}

// A line for each verdict: the claim, a word, a figure; the claim leads to all that is told of it.
std::string Glance(const std::vector<Verdict>& verdicts, size_t comparison) {
  std::vector<std::vector<std::string>> rows;
  for (const Claim& claim : Claims()) {
    const std::string link = "<a href=\"#" + IdOf(claim, comparison) + "\">" + Escaped(claim.words) + "</a>";
    for (const Verdict& verdict : verdicts) {
      if (verdict.claim != claim.id) continue;
      rows.push_back({link, Badge(verdict), Escaped(verdict.compared), Escaped(FigureOf(verdict))});
    }
  }
  return Table("What textbooks say, and what these runs say to it", {"Claim", "Verdict", "Of", "Figure"}, rows);
}

std::string Missing(const std::vector<Claim>& claims) {
  std::string html;
  for (const Claim& claim : claims) {
    html += "<article><h4>" + Escaped(claim.words) + "</h4>\n<ul class=\"verdicts\"><li>" + Badge(Verdict{}) +
            " Needs " + Escaped(claim.needs) + ".</li></ul></article>\n";
  }
  return html.empty() ? ""
                      : "<h3>What these comparisons did not measure</h3>\n<div class=\"claims\">\n" + html + "</div>\n";
}

}  // namespace

std::string VerdictSection(const std::vector<Judged>& comparisons) {
  std::string html = "<section id=\"verdicts\"><h2>Verdicts</h2>\n";
  for (size_t i = 0; i < comparisons.size(); ++i) {
    const auto& [comparison, verdicts] = comparisons[i];
    html += "<h3>" + Escaped(comparison.name) + "</h3>\n" + Glance(verdicts, i + 1) + "<div class=\"claims\">\n";
    for (const Claim& claim : Claims()) html += ClaimAsHtml(claim, verdicts, i + 1);
    html += "</div>\n";
  }
  return html + Missing(Unmeasured(comparisons)) + "</section>\n";
}

std::string ReadingSection() {
  return R"(<section id="reading"><h2>How to read this</h2>
<ul>
<li>Runs of one seed start from the same weights and see the same batches in the same order, whatever the activation. A
verdict is about the difference within such pairs: what the seeds do to both drops out.</li>
<li>The interval is Student's t for the mean of those differences; it says how far other seeds might move it, not other
networks, data or settings. The thresholds were written to the comparison's plan.json before its first run. A claim
holds where the whole interval is beyond its threshold, does not hold where the whole interval is short of it, and is
not decided otherwise, or with fewer seeds than the plan asks for. Shares of failed runs have Bonett and Price's
interval, which does not shrink to a point when all pairs agree.</li>
<li>Times are judged alike, but over rounds, not seeds: the interval is of the mean logarithm of their ratio within a
round, and is printed as that ratio. The medians before it are those of the table of times.</li>
<li>A claim that was added after a comparison, when data such as its had been seen, is exploratory there: it is judged
by today's threshold, and becomes a verdict with the next runs.</li>
<li>Other verdicts need no interval. That ELU has no dead neurons is judged by the run with the most, once there are as
many seeds as the plan asks for. What ELU does below 0 and at 0 is computed, and so are the variances of the study of
initialisation, from random weights before any training: these are compared with their thresholds as they are, whatever
the number of seeds.</li>
<li>Many verdicts stand here, each by its own 95 % interval: of these at most one in twenty is to be expected to be
undeserved.</li>
<li>Lines are means over seeds; the bands around them go from the lowest run to the highest. Losses of training steps
are means of the last 50 steps. A run whose loss became infinite is counted as diverged and not drawn.</li>
<li>A pair of which a run diverged has no difference and is left out; so are, where accuracy lost is compared, runs
hardly better than guessing, which have none to lose. The verdict tells how many pairs these are, and what the others
say in favour of a variant of which runs failed is no verdict. Guessing is a share of 1/classes right and a loss of
ln(classes), which is true of classes of equal size: where one is larger, a network that names it always is right more
often, and may not count as guessing.</li>
<li>A unit (channel or neuron) is dead if its gradient f' is 0 at every position of every test image; a value is
saturated if it is within 1 % of the activation's floor: -alpha, for SELU -scale alpha. ReLU and the others have no
such floor.</li>
<li>Distributions are drawn without the bins at their two ends, which also hold all values that lie beyond them.</li>
<li>Noise is Gaussian, its sigma in units of the normalised images' deviation. Outliers are pixel values set to black
or white at random.</li>
<li>Times of a step were taken in rounds in which the variants took turns; they are of this machine alone.</li>
</ul></section>
)";
}

}  // namespace elu_lab
