import { FormatError } from '../../../../shared/formats/format-error.ts';

/** A file of a bank that is not acted on; nothing of it is kept but that it came and why it was refused. */
export class FileRefused extends Error {
  /** A stable word for it. */
  readonly reason: string;

  constructor(reason: string, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'FileRefused';
    this.reason = reason;
  }
}

/** The refusal that an error is; nothing where it is no fault of the file. */
export function refusalOf(error: unknown): FileRefused | undefined {
  if (error instanceof FileRefused) return error;
  if (!(error instanceof FormatError)) return undefined;
  return new FileRefused(error.reason, `${error.message}. ${error.mend}`, { cause: error });
}
