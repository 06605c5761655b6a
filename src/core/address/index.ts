/** What a pasted text names, before anything is asked for. */
export { directoryOrigin, gitHubOrigins, npmOrigins, type Mirrors } from './describe-subject';
export { isExactVersion } from './npm-package';
export { printOciReference, readOciReference, type OciReference } from './oci-reference';
export { hostsOfRegistry, registryFacts, type RegistryFacts } from './registries';
export { understand } from './understand';
export type { AskedHost, Subject, Understood } from './understood';
