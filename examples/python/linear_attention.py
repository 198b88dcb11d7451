"""Causal linear attention in bfloat16 with the feature map elu(x) + 1, as a sum and by elu.torch.plus_one.

    phi(x) = elu(x) + 1          out_i = phi(q_i) . S_i / phi(q_i) . z_i
    S_i = sum_{j<=i} phi(k_j) v_j^T,   z_i = sum_{j<=i} phi(k_j)

phi must be positive, for it is divided by. As a sum in bfloat16 it is exact only to 2^-8 below 0 and becomes 0 at x
about -6.2; plus_one computes exp(x) there. The features are in bfloat16, the sums over positions in float32, for both.

    python examples/python/linear_attention.py

Source: Katharopoulos, Vyas, Pappas, Fleuret, "Transformers are RNNs", ICML 2020.
"""
import torch
from torch.nn import functional as F

import elu.torch


def by_sum(x):
    return F.elu(x) + 1


def attention(q, k, v, feature_map):
    """q, k: (positions, features), v: (positions, values) -> (positions, values), in float32 or v's wider type."""
    q, k = feature_map(q), feature_map(k)
    wide = torch.promote_types(v.dtype, torch.float32)
    q, k, v = q.to(wide), k.to(wide), v.to(wide)
    numerator = torch.einsum("if,ifv->iv", q, torch.einsum("jf,jv->jfv", k, v).cumsum(0))
    return numerator / torch.einsum("if,if->i", q, k.cumsum(0)).unsqueeze(1)


def key_gradient(q, k, v, feature_map):
    """The outputs, and the gradient of the sum of their squares with respect to k."""
    k = k.requires_grad_()
    out = attention(q, k, v, feature_map)
    (gradient,) = torch.autograd.grad(out.square().sum(), k)
    return out.detach().double(), gradient.double()


def results(mean, feature_map, positions=128, features=16, seed=0):
    """Of the outputs and of k's gradient: the share that is NaN, and the largest error of the others relative to the
    largest exact number, NaN if there are no others. Queries and keys are normal around `mean`."""
    generator = torch.Generator().manual_seed(seed)
    q, k, v = torch.randn((3, positions, features), generator=generator)
    narrow = [(q + mean).bfloat16(), (k + mean).bfloat16(), v.bfloat16()]
    found = []
    for ours, exact in zip(key_gradient(*narrow, feature_map),
                           key_gradient(*(x.detach().double() for x in narrow), elu.torch.plus_one)):
        errors = (ours - exact).abs() / exact.abs().max()
        known = errors[~ours.isnan()]
        found += [1 - len(known) / ours.numel(), known.max().item() if len(known) else float("nan")]
    return found


def main():
    print("                               outputs           gradient of k")
    print("mean of q and k  feature map   NaN     error     NaN     error")
    for mean in (0, -2, -4, -6, -8):
        for name, feature_map in (("elu(x) + 1", by_sum), ("plus_one", elu.torch.plus_one)):
            print("{:15}  {:12} {:4.0%}  {:8.1e}  {:6.0%}  {:8.1e}".format(mean, name, *results(mean, feature_map)))


if __name__ == "__main__":
    main()
