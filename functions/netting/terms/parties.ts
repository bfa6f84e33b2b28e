/**
 * Parties of positions and legs that are no participant. The id of a participant begins with a letter or a digit, so that it
 * can be none of these.
 */

/** The netting centre, the counterparty of all. */
export const CENTRE = '*centre';

/** The account on which the residue of conversion stands. */
export const ROUNDING = '*rounding';

/** The id of a participant, or CENTRE, or ROUNDING. */
export type Party = string;
