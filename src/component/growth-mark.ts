/** The export of a core module that tells whether a growth of its memory was refused: a global that is 1 from then on. */
export const growthMark = 'tapedeck refused growth';
