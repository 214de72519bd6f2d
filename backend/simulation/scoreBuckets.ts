/** How finely scores of about unit deviation are told apart: 1/128 within +-4. */
export const BUCKETS = 1024;
const REACH = 4;
export const PER_UNIT = BUCKETS / (2 * REACH);
export const MIDDLE = BUCKETS / 2;
