import { most } from '../core/limits';

/** What to tell whoever has a larger file than a page holds in memory. */
export const fileTooLargeMessage = (bytes: number): string =>
	`This file has ${mebibytes(bytes)} MiB; files of up to ${mebibytes(most.componentFileBytes)} MiB can be loaded. \`wasm-tools strip\` takes names and debug information out of it.`;

/** What to tell whoever has a component that is too large even without what nothing needs. */
export const componentTooLargeMessage = (bytes: number): string =>
	`This component has ${mebibytes(bytes)} MiB without names and debug information; up to ${mebibytes(most.componentBytes)} MiB can be loaded. Leave parts out of it, such as libraries that it does not use.`;

const mebibytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
