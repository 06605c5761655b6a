export function makeLogs(): string;
export function removeLogs(folder: string): void;
export function step(
	logs: string,
	title: string,
	act: (log: string) => Promise<boolean>,
	options?: { readonly isBeside?: boolean },
): Promise<boolean>;
