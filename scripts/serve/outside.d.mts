type Fetched =
	| {
			readonly ok: true;
			readonly status: number;
			readonly headers: readonly (readonly [name: string, value: string])[];
			readonly body: number;
	  }
	| { readonly ok: false; readonly error: { readonly tag: string; readonly detail: string } };

export declare function isPublic(address: string): boolean;
export declare function createOutside(allowPrivate: readonly string[]): {
	fetch(request: {
		readonly method: string;
		readonly url: string;
		readonly headers: readonly (readonly [name: string, value: string])[];
		readonly body: string | null;
	}): Promise<Fetched>;
	read(body: number): Promise<string | null>;
	cancel(body: number): void;
};
