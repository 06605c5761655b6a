/** Where things lie in the root that the binary is shut in. What a world has there too is overwritten. */
export const inside = {
	libraries: '/.wassette/lib',
	binary: '/.wassette/wassette',
	components: '/.wassette/components',
	home: '/.wassette/home',
	secrets: '/.wassette/home/.config/wassette/secrets',
};

/** Stands for the folder of components in a path of a world. */
export const componentsPlace = 'COMPDIR';
