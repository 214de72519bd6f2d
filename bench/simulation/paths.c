/* The C peer of samplePaths: for each line on standard input one simulation, its CPU seconds on standard output.

   The same work by the same means: table normals; persistent scores correlated between series; antithetic pairs; ranks at
   each step by one counting pass over a path of each pair; draws of the margins' quantiles, read anew at each step, in the
   order of the ranks, turned tile by tile to values[path][series][step]. Compiled for the machine it runs on. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LEVELS = 15, TABLE = 4096, BUCKETS = 1024, TILE = 8 };

static const double levels[LEVELS] = {0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99};
static double table[TABLE];
static uint64_t state[4];

static uint64_t draw(void) {
  uint64_t value = state[0] + state[1] + state[3]++;
  state[0] = state[1] ^ (state[1] >> 11);
  state[1] = state[2] + (state[2] << 3);
  state[2] = ((state[2] << 24) | (state[2] >> 40)) + value;
  return value;
}

static double quantile_of_normal(double p) {
  double low = -9, high = 9;
  for (int i = 0; i < 80; i++) {
    double middle = (low + high) / 2;
    if (0.5 * erfc(-middle / sqrt(2)) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

static void fill_normals(double *row, int count) {
  for (int i = 0; i < count; i += 4) {
    uint64_t bits = draw();
    for (int k = 0; k < 4 && i + k < count; k++, bits >>= 16) row[i + k] = table[bits & (TABLE - 1)];
  }
}

/* Writes ascending draws in the order of scores: pair i is path i and its mirror image, path pairs + i. */
static void place(const double *scores, const double *draws, int count, uint16_t *keys, double *row) {
  static uint32_t sizes[BUCKETS], starts[BUCKETS];
  int pairs = count / 2;
  memset(sizes, 0, sizeof sizes);
  for (int i = 0; i < pairs; i++) {
    int bucket = (int)(scores[i] * (BUCKETS / 8) + BUCKETS / 2);
    keys[i] = bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket;
  }
  for (int i = 0; i < pairs; i++) sizes[keys[i]]++;
  uint32_t low = 0;
  for (int i = 0; i < BUCKETS / 2; i++) {
    starts[i] = low;
    low += sizes[i] + sizes[BUCKETS - 1 - i];
    starts[BUCKETS - 1 - i] = count - low;
  }
  for (int i = 0; i < pairs; i++) {
    uint32_t rank = starts[keys[i]]++;
    row[i] = draws[rank];
    row[pairs + i] = draws[count - 1 - rank];
  }
  if (count % 2) row[count - 1] = draws[pairs];
}

int main(int argc, char **argv) {
  if (argc < 6) return 2;
  int paths = atoi(argv[1]), steps = atoi(argv[2]), series = atoi(argv[3]);
  double weight = atof(argv[4]), persistence = atof(argv[5]);
  double *values = malloc(sizeof(double) * paths * steps * series);
  double *normals = malloc(sizeof(double) * paths * series), *carried = malloc(sizeof(double) * paths * series);
  double *scores = malloc(sizeof(double) * paths), *share = malloc(sizeof(double) * paths);
  int *left = malloc(sizeof(int) * paths);
  uint16_t *keys = malloc(sizeof(uint16_t) * paths);
  double *draws = malloc(sizeof(double) * paths), *tile = malloc(sizeof(double) * paths * series * TILE);
  int pairs = paths / 2;
  double *quantiles = malloc(sizeof(double) * series * steps * LEVELS), *factor = calloc(series * series, sizeof(double));
  for (int i = 0; i < TABLE; i++) table[i] = quantile_of_normal((i + 0.5) / TABLE);
  for (int i = 0; i < series * steps * LEVELS; i++) quantiles[i] = 100 + 10 * quantile_of_normal(levels[i % LEVELS]);
  for (int row = 0; row < series; row++) {
    double rest = 1;
    for (int column = 0; column < row; column++) {
      double product = 0.5;
      for (int k = 0; k < column; k++) product -= factor[row * series + k] * factor[column * series + k];
      factor[row * series + column] = product / factor[column * series + column];
      rest -= factor[row * series + column] * factor[row * series + column];
    }
    factor[row * series + row] = sqrt(rest);
  }
  for (int path = 0; path < paths; path++) {
    double p = (path + 0.5) / paths;
    int k = 0;
    while (k < LEVELS - 2 && levels[k + 1] < p) k++;
    left[path] = k;
    share[path] = (p - levels[k]) / (levels[k + 1] - levels[k]);
  }
  double echo = sqrt(weight * (1 - persistence * persistence)), noise = sqrt(1 - weight), checksum = 0;
  char line[64];
  for (uint64_t seed = 1; fgets(line, sizeof line, stdin); seed++) {
    clock_t started = clock();
    state[0] = seed, state[1] = 2, state[2] = 3, state[3] = 1;
    for (int i = 0; i < 12; i++) draw();
    memset(carried, 0, sizeof(double) * paths * series);
    for (int first = 0; first < steps; first += TILE) {
      int count = steps - first < TILE ? steps - first : TILE;
      for (int step = 0; step < count; step++) {
        fill_normals(normals, pairs * series);
        for (int one = 0; one < series; one++) {
          double *carry = carried + (size_t)one * pairs;
          memset(scores, 0, sizeof(double) * pairs);
          for (int source = 0; source <= one; source++) {
            double part = factor[one * series + source], *normal = normals + (size_t)source * pairs;
            for (int pair = 0; pair < pairs; pair++) scores[pair] += part * normal[pair];
          }
          for (int pair = 0; pair < pairs; pair++) {
            double innovation = scores[pair], value = carry[pair] + (echo + noise) * innovation;
            carry[pair] = persistence * (carry[pair] + echo * innovation);
            scores[pair] = value;
          }
          const double *column = quantiles + ((size_t)one * steps + first + step) * LEVELS;
          for (int i = 0; i < paths; i++) {
            double low = column[left[i]];
            draws[i] = low + share[i] * (column[left[i] + 1] - low);
          }
          place(scores, draws, paths, keys, tile + ((size_t)one * TILE + step) * paths);
        }
      }
      for (int one = 0; one < series; one++) {
        for (int path = 0; path < paths; path++) {
          double *row = values + ((size_t)path * series + one) * steps + first;
          const double *cell = tile + (size_t)one * TILE * paths + path;
          for (int step = 0; step < count; step++) row[step] = cell[(size_t)step * paths];
        }
      }
    }
    checksum += values[0] + values[(size_t)paths * steps * series - 1];
    printf("%.6f\n", (double)(clock() - started) / CLOCKS_PER_SEC);
    fflush(stdout);
  }
  return checksum == 0;
}
