import { randomInteger, randomNormal, type RandomSource } from '../../../random/index.ts';

/** Multiplied by a factor that goes from knot to knot, 2 to 7 of them, in lines or in steps. Source: TiRex (2025). */
export function amplitudeModulation(random: RandomSource, values: Float32Array): Float32Array {
  const pieces = 1 + randomInteger(random, 6);
  const knots = Float64Array.from({ length: pieces + 1 }, () => Math.exp(0.4 * randomNormal(random)));
  const isStepped = random() < 0.3;
  return values.map((each, t) => {
    const place = (t / values.length) * pieces;
    const left = Math.floor(place);
    const share = isStepped ? 0 : place - left;
    return each * ((1 - share) * knots[left]! + share * knots[left + 1]!);
  });
}
