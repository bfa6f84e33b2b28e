import { defineProblems } from '../../shared/problems/problem.ts';

/** Problems of the statements capability. Those of a file name the position (line or byte) of the fault. */
export const problems = defineProblems('statements', {
  'not-a-statement': {
    status: 415,
    title: 'Not a statement file',
    mend: 'Send a camt.052, camt.053 or camt.054 XML file, or an MT940 or MT942 file, as the bank issued it.',
  },
  'zip-archive': {
    status: 415,
    title: 'An archive, not a statement file',
    mend: 'Unpack the archive and send each file in it by itself.',
  },
  truncated: {
    status: 400,
    title: 'The file ends in the middle of a statement',
    mend: 'Fetch the file from the bank again and send the whole of it. Nothing of this one was kept.',
  },
  'unsafe-xml': {
    status: 400,
    title: 'XML that is refused for safety',
    mend: 'Send the file without a document type, entities or excessive depth; bank files need none of them.',
  },
  malformed: {
    status: 400,
    title: 'The file breaks its format',
    mend: 'Correct the file at the named position, or ask the bank for a correct one. Nothing of this one was kept.',
  },
  'too-large': {
    status: 413,
    title: 'The file is beyond a limit',
    mend: 'Split the file at statement boundaries and send the parts.',
  },
  'import-failed': {
    status: 500,
    title: 'The file could not be imported, through a fault of ours',
    mend: 'Open a new upload and send the file again. If it fails again, report the id of the upload.',
  },
  'already-assigned': {
    status: 409,
    title: 'The statement belongs to another account already',
    mend: 'Nothing to do if the account is right. An assignment is not moved, since its receipts have been told.',
  },
  'account-currency-differs': {
    status: 409,
    title: 'The account has another currency than the statement',
    mend: 'Assign the statement to an account of its own currency.',
  },
});
