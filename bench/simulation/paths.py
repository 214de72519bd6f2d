"""The numpy peer of samplePaths: for each line on standard input one simulation, its CPU seconds on standard output.

The same work: persistent Gaussian scores correlated between series, ranks at each step, draws of the margins' quantiles
in the order of the ranks, as values[path][series][step].
"""

import sys
import time

import numpy as np
from numpy.random import SFC64, Generator

paths, steps, series, weight, persistence = (
    int(sys.argv[1]),
    int(sys.argv[2]),
    int(sys.argv[3]),
    float(sys.argv[4]),
    float(sys.argv[5]),
)
levels = np.array([0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99])
quantiles = 100 + 10 * np.sort(np.random.default_rng(1).standard_normal((series, steps, levels.size)), axis=2)
factor = np.linalg.cholesky(0.5 * np.eye(series) + 0.5)


def simulate(seed):
    random = Generator(SFC64(seed))
    probabilities = (np.arange(paths) + 0.5) / paths
    left = np.clip(np.searchsorted(levels, probabilities) - 1, 0, levels.size - 2)
    share = (probabilities - levels[left]) / (levels[left + 1] - levels[left])
    values = np.empty((paths, series, steps))
    state = np.zeros((series, paths))
    echo = np.sqrt(weight * (1 - persistence**2))
    noise = np.sqrt(1 - weight)
    for step in range(steps):
        normals = factor @ random.standard_normal((series, paths))
        state = persistence * state + echo * normals
        scores = state + noise * random.standard_normal((series, paths))
        order = np.argsort(scores, axis=1)
        column = quantiles[:, step, :]
        draws = column[:, left] + share * (column[:, left + 1] - column[:, left])
        for one in range(series):
            values[order[one], one, step] = draws[one]
    return values


seed = 0
for _ in sys.stdin:
    seed += 1
    started = time.process_time()
    simulate(seed)
    print(time.process_time() - started, flush=True)
