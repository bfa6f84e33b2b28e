import { versionCheck } from '../../shared/http/expected-version.ts';
import { problems } from './problems.ts';

/** @throws Problem `netting/version-conflict` */
export const requireVersion = versionCheck(problems['version-conflict']);
