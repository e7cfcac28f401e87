"""The files of numbers and certificates that the tests have ncverify write, for Coq to check."""

from coq import run

PAPER = "100x2,200x2,300x2,400x2,500x2"


def generate(ncverify, folder):
    """The files that are checked, each with a theorem that holds what they are about."""
    def ask(*arguments):
        run([str(ncverify), *arguments, "--format", "json"], folder, "ncverify " + " ".join(arguments))

    collapsed = ["--counts", "1,9,30", "--lambda-w", "1e-2", "--lambda-h", "1e-1"]
    ask("theory", "--counts", PAPER, "--lambda-w", "1e-4", "--lambda-h", "1e-5", "--digits", "50", "--coq", "Paper.v")
    ask("theory", *collapsed, "--digits", "30", "--coq", "Collapsed.v")
    ask("theory", "--counts", "2,2", "--lambda-w", "1", "--lambda-h", "1", "--digits", "10", "--coq", "Complete.v")
    ask("solve", "--counts", "3,5,7", "--lambda-w", "1e-2", "--lambda-h", "1e-3", "--digits", "20",
        "--certificate", "point.json")
    ask("certify", "point.json", "--coq", "Point.v")
    ask("solve", *collapsed, "--dim", "4", "--digits", "20", "--certificate", "part.json")
    ask("certify", "part.json", "--coq", "CollapsedPoint.v")
    ask("solve", "--counts", "1,2,3", "--lambda-w", "1e-2", "--lambda-h", "1e-3", "--digits", "20",
        "--formulation", "samples", "--certificate", "samples.json")
    ask("certify", "samples.json", "--coq", "Samples.v")
    # Class weights: the majority collapses, two classes of one count differ, a root; a certificate of either form.
    weighted = ["--counts", "30,9,9,1", "--lambda-w", "1e-2", "--lambda-h", "1e-1", "--weights", "1/10,1,2,sqrt7"]
    ask("theory", *weighted, "--digits", "20", "--coq", "Weighted.v")
    ask("solve", *weighted, "--dim", "5", "--digits", "20", "--certificate", "weighted.json")
    ask("certify", "weighted.json", "--coq", "WeightedPoint.v")
    ask("solve", "--counts", "1,2,3", "--lambda-w", "1e-2", "--lambda-h", "1e-3", "--weights", "inverse-sqrt",
        "--digits", "20", "--formulation", "samples", "--certificate", "weighted-samples.json")
    ask("certify", "weighted-samples.json", "--coq", "WeightedSamples.v")
    return ["Paper.class_100", "Paper.minimum_loss", "Paper.logits_100", "Paper.threshold",
            "Collapsed.class_1", "Collapsed.classifiers_9_30", "Collapsed.logits_30", "Collapsed.threshold",
            "Complete.minimum_loss", "Point.optimal", "CollapsedPoint.optimal", "Samples.optimal",
            "Weighted.minimum_loss", "Weighted.class_9_400", "Weighted.logits_9_400", "Weighted.threshold",
            "WeightedPoint.optimal", "WeightedSamples.optimal"]
