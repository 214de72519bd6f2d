// Properties look at the same cases in every run, so that a commit is judged by what it changed;
// PROPERTY_SEED=random looks at new ones (a failure prints its seed), PROPERTY_SEED=N at those of N.
import fc from 'fast-check';

const wanted = process.env['PROPERTY_SEED'] ?? '20261123';
if (wanted !== 'random') {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
}
