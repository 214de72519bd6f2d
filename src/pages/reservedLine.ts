/** Holds the place of a subtitle that is not known yet, so that nothing below it moves. */
export const RESERVED_LINE = '\u00a0';
