/** Bytes of a file. Its text is held in memory as a whole, at two bytes a character. */
export const csvBytesMax = 32 * 1024 * 1024;

/** Columns of a row; more are a file of another kind, or of another delimiter. */
export const columnsMax = 200;

/** Characters of a field, as a cell of Excel has them at most. */
export const fieldCharactersMax = 32_767;

/** Rows below the header, where the caller names no bound of its own. */
export const recordsMax = 500_000;
