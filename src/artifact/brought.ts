/** What a person brings by hand: held to its digest, and named by where it would have come from. */
export { broughtIdentity } from './brought-source';
export { holdFiles } from './hold-files';
export { spreadFiles } from './spread-files';
