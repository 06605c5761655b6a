/** Words that names of variables with credentials have, as parts between underscores. */
const words = new Set(
	'token key keys apikey accesskey secretkey privatekey secret secrets password passwd pass passphrase pwd pin credential credentials auth authorization bearer cookie session private signature jwt pat dsn'.split(
		' ',
	),
);

/** Whether a variable's name says that its value is one that nobody else should see, such as `API_KEY` or `dbPassword`. */
export const looksSecret = (name: string): boolean =>
	name
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.split(/[^a-z]/)
		.some((word) => words.has(word));
