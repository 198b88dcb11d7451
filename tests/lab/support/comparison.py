"""A results.json as elu-lab compare writes it, with chosen differences between the activations."""
import math
import random

LAYERS = ["convolution 1", "convolution 2", "linear 1"]
WEIGHTS = ["features.0.weight", "features.4.weight", "classifier.0.weight", "classifier.3.weight"]
LABELS = {"relu": "ReLU", "leaky_relu": "Leaky ReLU (0.01)", "elu": "ELU (alpha {alpha:g})", "selu": "SELU"}

THRESHOLDS = {
    "every_claim": {"confidence": 0.95, "seeds": 5, "rounds": 5},
    "negative_behaviour": {"input": -10, "within": 0.01},
    "smooth_at_origin": {"jump": 1e-6},
    "zero_centred": {"difference": 0.05},
    "dead_neurons": {"difference": 0.01},
    "dead_at_worst": {"difference": 0.01},
    "no_dead_neurons": {"share": 0},
    "noise_robustness": {"difference": 0.01},
    "preactivation_noise": {"difference": 0.01},
    "preactivation_noise_accuracy": {"difference": 0.01},
    "outlier_robustness": {"difference": 0.01},
    "computing_cost": {"ratio": 1.05},
    "overhead_negligible": {"share": 0.05},
    "share_of_step": {"share": 0.1},
    "converges_faster": {"window": 50, "level": 0.65, "fewer": 0.1},
    "loss_over_run": {"difference": 0.02},
    "higher_accuracy": {"difference": 0.005},
    "relu_unstable": {"useless": 0.1, "holds_above": 0, "fails_below": 0.5},
    "selu_without_norm": {"difference": 0.005},
    "selu_replaces_norm": {"difference": -0.01},
    "alpha_default": {"difference": -0.005},
    "he_initialisation": {"linear_factor": 2, "convnet_factor": 4},
    "matched_gain": {"linear_factor": 2, "convnet_factor": 4},
}


def variant(activation, alpha=None, norm="batch", factor=1):
    if activation == "elu":
        alpha = 1 if alpha is None else alpha
    return {"name": f"{activation}-{alpha}-{norm}-lr{factor}", "label": LABELS[activation].format(alpha=alpha),
            "activation": activation, "alpha": alpha, "norm": norm, "learning_rate_factor": factor}


def layer(name, mean, dead, floor):
    bins = [math.exp(-0.5 * ((-3 + (i + 0.5) / 8 - mean) / 0.9) ** 2) for i in range(64)]
    return {"name": name, "mean": mean, "deviation": 0.9, "saturated": 0.02 if floor else None,
            "units": 64, "dead": dead,
            "histogram": {"low": -3, "high": 5, "shares": [b / sum(bins) for b in bins]}}


class Figures:
    """What a variant's runs show: everything else follows from these."""

    def __init__(self, accuracy=0.7, mean=0.4, dead=0, rate=0.006, lost=0.1, diverged=False, floor=True):
        self.accuracy, self.mean, self.dead, self.rate = accuracy, mean, dead, rate
        self.lost, self.diverged, self.floor = lost, diverged, floor


def run(index, seed, figures, epochs, steps, spread):
    # The seed moves all variants alike, chance moves each a tenth as much.
    shared, own = random.Random(seed), random.Random(1000 * seed + index)
    offset = spread * (shared.gauss(0, 1) + 0.1 * own.gauss(0, 1))
    losses = [0.9 + 1.4 * math.exp(-figures.rate * s) + 0.15 * own.gauss(0, 1) for s in range(steps)]
    if figures.diverged:
        return {"variant": index, "seed": seed, "diverged": True, "step_losses": losses[:60], "epochs": [],
                "robustness": None}
    rows = []
    for epoch in range(1, epochs + 1):
        share = 1 - 0.3 * (epochs - epoch) / epochs
        accuracy, mean = figures.accuracy * share + offset, figures.mean * share + offset
        rows.append({"epoch": epoch, "train_loss": losses[epoch * steps // epochs - 1],
                     "test_loss": 2.3 - 1.5 * accuracy, "test_accuracy": accuracy, "seconds": 50 + own.random(),
                     "layers": [layer(name, mean, figures.dead, figures.floor) for name in LAYERS],
                     "gradient_norms": [{"name": name, "norm": 0.5 + own.random()} for name in WEIGHTS]})
    clean = figures.accuracy + offset
    return {"variant": index, "seed": seed, "diverged": False, "step_losses": losses, "epochs": rows,
            "preactivation_noise": {
                "images": 1000,
                "layers": [{"name": name, "mean": mean, "deviation": 1.0, "negative_share": 0.5, "transmitted": [
                    {"sigma": s, "negative": s * figures.lost, "everywhere": 0.5 + s * figures.lost}
                    for s in (0.1, 0.5, 1)]} for name in LAYERS],
                "accuracy": [{"sigma": s, "negative": clean - s * figures.lost, "everywhere": clean - s * figures.lost}
                             for s in (0.1, 0.5, 1)]},
            "robustness": {"images": 2000,
                           "noise": [{"sigma": s, "accuracy": clean - 2 * s * figures.lost}
                                     for s in (0, 0.25, 0.5, 0.75)],
                           "outliers": [{"share": s, "accuracy": clean - 20 * s * figures.lost}
                                        for s in (0.02, 0.05, 0.08)]}}


def initialisation():
    he = [1 + 0.9 * depth for depth in range(50)]
    flat = [1 + 0.05 * math.sin(depth) for depth in range(50)]
    curves = [("He", 2 ** 0.5, he), ("statistics.hpp", 1.2452, flat)]

    def study(length):
        return [{"activation": "elu", "label": "ELU (alpha 1)", "gain_name": name, "gain": gain,
                 "variance": variance[:length]} for name, gain, variance in curves]

    return {"linear": {"layers": 50, "width": 512, "seeds": 5, "curves": study(50)}, "convnet": {"curves": study(4)}}


def comparison(variants, seeds=5, epochs=3, steps=600, spread=0.004, step_ms=None):
    """variants: pairs of variant(...) and Figures; step_ms: for each, milliseconds of a step and of its activations."""
    runs = [run(index, seed, figures, epochs, steps, spread)
            for seed in range(seeds) for index, (_, figures) in enumerate(variants)]
    result = {
        "form": 2, "program": "elu-lab 0.1.0", "date": "2026-11-26", "command": "elu-lab compare --output out",
        "machine": {"processor": "A Processor", "threads": 2, "target": "AVX3"},
        "settings": {"data": "cifar-10-batches-bin", "classes": 10, "train_images": 50000, "test_images": 10000,
                     "epochs": epochs, "batch": 128, "learning_rate": 0.05, "momentum": 0.9, "weight_decay": 5e-4,
                     "augment": True, "kernel": "elu", "seeds": list(range(5))},
        "thresholds": THRESHOLDS, "variants": [v for v, _ in variants], "runs": runs}
    if step_ms:
        chance = random.Random(7)
        result["step_times"] = [{"variant": i, "step_ms": [step * (1 + 0.002 * chance.gauss(0, 1)) for _ in range(9)],
                                 "activation_ms": [part * (1 + 0.002 * chance.gauss(0, 1)) for _ in range(9)]}
                                for i, (step, part) in enumerate(step_ms)]
        result["initialisation"] = initialisation()
    return result


def everything(seeds=5):
    """A grid like that of the defaults, with what textbooks expect."""
    figures = {("relu", None): Figures(0.70, 0.45, 3, 0.005, 0.13, floor=False),
               ("leaky_relu", None): Figures(0.705, 0.43, 0, 0.0055, 0.12, floor=False),
               ("elu", 0.5): Figures(0.715, 0.25, 0, 0.0075, 0.1), ("elu", 1): Figures(0.73, 0.1, 0, 0.008, 0.09),
               ("elu", 2): Figures(0.71, -0.2, 0, 0.007, 0.09), ("selu", None): Figures(0.72, 0.05, 0, 0.0075, 0.09)}
    variants = [(variant(name, alpha, norm), of) for norm in ("batch", "none") for (name, alpha), of in figures.items()]
    for factor in (4, 16):
        for (name, alpha), of in figures.items():
            bad = name.endswith("relu") and factor == 16
            worse = Figures(of.accuracy - 0.02 * factor / 4, of.mean, of.dead, of.rate, of.lost, bad, of.floor)
            variants.append((variant(name, alpha, "none", factor), worse))
    return comparison(variants, seeds, step_ms=[(100 + 2 * i % 7, 8 + i % 5) for i in range(12)])
