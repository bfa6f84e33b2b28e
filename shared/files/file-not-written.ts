/** The store has answered that it did not write a file: it does not lie there, and this request will not put it there. */
export class FileNotWritten extends Error {
  constructor(status: number) {
    super(`Writing a file answered ${status}.`);
    this.name = 'FileNotWritten';
  }
}
