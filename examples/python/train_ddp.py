"""Trains ConvNetELU on elu's kernels, in as many processes as torchrun starts; each has its share of every batch.

    torchrun --nproc-per-node 2 examples/python/train_ddp.py --data data/cifar-10-batches-bin

On several machines, the same command on each of them, where `first` is the name of one:

    torchrun --nnodes 4 --nproc-per-node 2 --rdzv-backend c10d --rdzv-endpoint first:29500 \\
        examples/python/train_ddp.py --data data/cifar-10-batches-bin

DistributedDataParallel averages the gradients, so a step is that of one process with the whole batch, but for what
BatchNorm and Dropout do: each process normalises by its own share (SyncBatchNorm refuses CPU tensors) and drops its own
units. Every process has its own switch: each calls enable().
"""
import argparse
import os
import pathlib
import sys

import torch
import torch.distributed as dist
from convnet_elu import ConvNetELU, normalise, read_images
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.data.distributed import DistributedSampler

import elu.torch


def backward(network, pixels, labels):
    """The mean loss of this process's images; leaves the gradients of all processes' images."""
    loss = nn.functional.cross_entropy(network(normalise(pixels)), labels)
    loss.backward()
    return loss.detach()


def mean_over_processes(value):
    dist.all_reduce(value)
    return value.item() / dist.get_world_size()


def train(network, images, options):
    optimizer = torch.optim.SGD(network.parameters(), lr=options.lr, momentum=0.9, weight_decay=5e-4, nesterov=True)
    sampler = DistributedSampler(TensorDataset(*images), seed=options.seed)
    share = options.batch // dist.get_world_size()
    batches = DataLoader(sampler.dataset, batch_size=share, sampler=sampler, drop_last=True)
    step = 0
    for epoch in range(options.epochs):
        sampler.set_epoch(epoch)
        for pixels, labels in batches:
            if step == options.max_steps:
                return
            optimizer.zero_grad()
            loss = mean_over_processes(backward(network, pixels, labels))
            optimizer.step()
            if dist.get_rank() == 0 and step % 10 == 0:
                print(f"epoch {epoch}  step {step:5}  loss {loss:.4f}", flush=True)
            step += 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="folder with CIFAR-10's binary files; without it, synthetic images")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch", type=int, default=128, help="images a step, over all processes")
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--max-steps", type=int, help="stop after so many")
    parser.add_argument("--output", default="out/convnet_elu.pt", help="where process 0 puts the weights")
    options = parser.parse_args()
    if "WORLD_SIZE" not in os.environ:
        parser.error("torchrun starts this program: torchrun --nproc-per-node 2 " + " ".join(sys.argv))
    if options.batch % int(os.environ["WORLD_SIZE"]) != 0:
        parser.error(f"--batch {options.batch} does not divide by {os.environ['WORLD_SIZE']} processes")
    return options


def main():
    options = arguments()
    try:
        images = read_images(options.data)
    except OSError as error:
        sys.exit(f"train_ddp: {error}")
    dist.init_process_group("gloo")  # for CPUs
    elu.torch.enable()
    torch.manual_seed(options.seed)
    network = DistributedDataParallel(ConvNetELU())  # which starts everywhere from the weights of process 0
    torch.manual_seed(options.seed + dist.get_rank())  # Dropout
    train(network, images, options)
    if dist.get_rank() == 0:
        pathlib.Path(options.output).parent.mkdir(parents=True, exist_ok=True)
        torch.save(network.module.state_dict(), options.output)
        print(f"{dist.get_world_size()} processes; this one's calls on elu: {elu.torch.info()['handled']}; "
              f"weights: {options.output}")
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
