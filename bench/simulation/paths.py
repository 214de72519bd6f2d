"""The numpy peer of samplePaths: for each line on standard input one simulation, its CPU seconds on standard output.

The same work, as numpy does it best: no loop over paths; antithetic pairs, so that half of the paths are drawn; floats of
32 bits until the ranks; argsort of 16-bit keys, which numpy sorts by radix; steps in tiles, turned together to
values[path][series][step]. What does not depend on the seed is made once.
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
TILE = 16
KEYS_PER_UNIT = 8191
levels = np.array([0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99])
quantiles = 100 + 10 * np.sort(np.random.default_rng(1).standard_normal((steps, series, levels.size)), axis=2)
factor = np.linalg.cholesky(0.5 * np.eye(series) + 0.5).astype(np.float32)
probabilities = (np.arange(paths) + 0.5) / paths
left = np.clip(np.searchsorted(levels, probabilities) - 1, 0, levels.size - 2)
share = (probabilities - levels[left]) / (levels[left + 1] - levels[left])
pairs = paths // 2
values = np.empty((paths, series, steps))


def simulate(seed):
    random = Generator(SFC64(seed))
    carried = np.zeros((series, pairs), dtype=np.float32)
    echo = np.float32(np.sqrt(weight * (1 - persistence**2)))
    noise = np.float32(np.sqrt(1 - weight))
    kept = np.float32(persistence)
    tile = np.empty((TILE, series, paths))
    keys = np.zeros((series, paths), dtype=np.int16)
    normals = np.empty((series, pairs), dtype=np.float32)
    for first in range(0, steps, TILE):
        count = min(TILE, steps - first)
        column = quantiles[first : first + count]
        draws = column[:, :, left]
        draws += share * (column[:, :, left + 1] - draws)
        for step in range(count):
            random.standard_normal(dtype=np.float32, out=normals)
            innovations = factor @ normals
            scores = carried + (echo + noise) * innovations
            carried = kept * (carried + echo * innovations)
            np.clip(scores * KEYS_PER_UNIT, -32767, 32767, out=keys[:, :pairs], casting="unsafe")
            np.negative(keys[:, :pairs], out=keys[:, pairs : 2 * pairs])
            order = np.argsort(keys, axis=1, kind="stable")
            for one in range(series):
                tile[step, one, order[one]] = draws[step, one]
        values[:, :, first : first + count] = tile[:count].transpose(2, 1, 0)
    return values


seed = 0
for _ in sys.stdin:
    seed += 1
    started = time.process_time()
    simulate(seed)
    print(time.process_time() - started, flush=True)
