export { defined, definedOrNone } from '../objects/defined.ts';
