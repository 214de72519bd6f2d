/** The steps of the form, in their order. */
export const SETUP_STEPS = ['demand', 'capacity', 'cost', 'review'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];
