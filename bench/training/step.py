"""The PyTorch peer of a training step: the encoder of the patch Transformer, pinball loss, AdamW, on one thread.

The first argument is a file: one line of JSON, then float32: the parameters in its order, inputs and targets. The
first answer says that it is ready; the second is JSON: whether the BLAS is a fast one, and of each parameter's gradient
the norm and the product with sin(0), sin(1), ...; each later one is the CPU seconds of one step.
"""

import json
import sys
import time

import numpy as np
import torch

torch.set_num_threads(1)
with open(sys.argv[1], "rb") as file:
    header = json.loads(file.readline())
    numbers = np.frombuffer(file.read(), dtype=np.float32).copy()

offset = 0


def take(shape):
    global offset
    size = int(np.prod(shape))
    part = torch.from_numpy(numbers[offset : offset + size].reshape(shape))
    offset += size
    return part


parameters = {name: take(shape).requires_grad_() for name, shape in header["parameters"]}
inputs = take(header["inputs"])
targets = take(header["targets"])
levels = torch.tensor(header["levels"]).reshape(-1)
width, layers, heads = header["width"], header["layers"], 4


def linear(name, x):
    return x @ parameters[name + ".weight"] + parameters[name + ".bias"]


def norm(name, x):
    return torch.nn.functional.layer_norm(x, (width,), parameters[name + ".gain"], parameters[name + ".shift"])


def split(x):
    return x.reshape(x.shape[0], x.shape[1], heads, width // heads).transpose(1, 2)


def loss():
    x = linear("token", inputs)
    for layer in range(layers):
        name = f"encoder.{layer}.attend"
        normal = norm(name + ".norm", x)
        query, key, value = (split(linear(f"{name}.{part}", normal)) for part in ("query", "key", "value"))
        scores = torch.softmax(query @ key.transpose(2, 3) / (width / heads) ** 0.5, dim=-1)
        x = x + linear(name + ".joined", (scores @ value).transpose(1, 2).reshape(x.shape))
        name = f"encoder.{layer}.forward"
        normal = norm(name + ".norm", x)
        gate = torch.nn.functional.silu(linear(name + ".gate", normal))
        x = x + linear(name + ".down", gate * linear(name + ".up", normal))
    error = targets - linear("head", x)
    return torch.maximum(levels * error, (levels - 1) * error).mean()


def has_fast_blas():
    if "BLAS_INFO=generic" not in torch.__config__.show():
        return True
    with open("/proc/self/maps") as maps:
        return any(name in line for line in maps for name in ("openblas", "mkl_", "blis"))


def describe(gradient):
    flat = gradient.double().reshape(-1)
    return [float(flat.norm()), float(flat @ torch.arange(len(flat)).double().sin())]


optimizer = torch.optim.AdamW(list(parameters.values()), lr=1e-3, betas=(0.9, 0.98), weight_decay=0.02)
for count, _ in enumerate(sys.stdin):
    if count == 0:
        print("ready", flush=True)
        continue
    started = time.process_time()
    optimizer.zero_grad()
    loss().backward()
    if count == 1:
        gradients = {name: describe(each.grad) for name, each in parameters.items()}
        print(json.dumps({"hasFastBlas": has_fast_blas(), "gradients": gradients}), flush=True)
        continue
    torch.nn.utils.clip_grad_norm_(list(parameters.values()), 1.0)
    optimizer.step()
    print(time.process_time() - started, flush=True)
