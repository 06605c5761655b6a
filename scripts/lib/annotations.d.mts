export declare function wantsAnnotations(asked: boolean): boolean;
export declare function annotation(
	severity: 'error' | 'warning',
	place: {
		readonly file: string;
		readonly title?: string;
		readonly line?: number;
		readonly col?: number;
		readonly endLine?: number;
		readonly endColumn?: number;
	},
	message: string,
): string;
