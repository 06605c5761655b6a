export { bundleFiles, bundleZip, type BundleInput } from './bundle';
export { grantsOfPolicy, memoryText, type ExportNote } from './grants';
export { manifestOf, type Manifest } from './manifest';
export { releaseOf, useInWassette, type WassetteUse } from './use-in-wassette';
export { fileStem, fileStems, loadSource, type ExportedComponent } from './wassette-id';
