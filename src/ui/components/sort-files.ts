/** What a person dropped or picked: components, each with its policy where one came along, and a policy alone where no component did. */
export interface SortedFiles {
	readonly components: readonly { readonly file: File; readonly policy: string | null }[];
	readonly policyAlone: string | null;
}

/** Pairs components with policies of the same name; a single policy beside a single component is its policy whatever its name. */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
	const policyFiles = files.filter(isPolicy);
	const texts = await Promise.all(policyFiles.map((file) => file.text()));
	const policies = new Map(policyFiles.map((file, index) => [stem(file.name), texts[index] ?? '']));
	const components = files.filter((file) => !isPolicy(file));
	const only = components.length === 1 && policies.size === 1 ? (texts[0] ?? null) : null;
	return {
		components: components.map((file) => ({ file, policy: policies.get(stem(file.name)) ?? only })),
		policyAlone: components.length === 0 ? (texts[0] ?? null) : null,
	};
}

const isPolicy = (file: File) => /\.ya?ml$/i.test(file.name);
const stem = (name: string) => name.replace(/(\.policy)?\.(wasm|wat|ya?ml)$/i, '');
