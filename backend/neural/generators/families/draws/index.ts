export { logNormal } from './logNormal.ts';
export { logUniform } from './logUniform.ts';
export { pick } from './pick.ts';
export { randomCount } from './randomCount.ts';
export { randomDirichlet } from './randomDirichlet.ts';
export { randomGamma } from './randomGamma.ts';
export { randomPoisson } from './randomPoisson.ts';
export { uniform } from './uniform.ts';
