"""Saves the gradients of one step, by as many processes as torchrun started, of one batch of 32 images.

    torchrun ... ddp_worker.py FILE

Without Dropout and with BatchNorm in eval mode, so that an image's gradient does not depend on whom it came with.
"""
import pathlib
import sys

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

import elu.torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "examples" / "python"))
from convnet_elu import ConvNetELU, synthetic_images  # noqa: E402
from train_ddp import backward  # noqa: E402


def main(file):
    dist.init_process_group("gloo")
    elu.torch.enable()
    torch.manual_seed(dist.get_rank())  # the processes must not agree by chance
    network = ConvNetELU(dropout=0)
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.eval()
    pixels, labels = synthetic_images(32)
    share = slice(dist.get_rank(), None, dist.get_world_size())
    parallel = DistributedDataParallel(network)
    backward(parallel, pixels[share], labels[share])
    if dist.get_rank() == 0:
        torch.save({name: parameter.grad for name, parameter in network.named_parameters()}, file)
        info = elu.torch.info()
        print(f"handled {info['handled']}, passed on {info['passed_on']}")
    dist.destroy_process_group()


if __name__ == "__main__":
    main(sys.argv[1])
